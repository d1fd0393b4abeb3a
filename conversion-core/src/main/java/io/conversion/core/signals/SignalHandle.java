package io.conversion.core.signals;

import io.conversion.core.json.ArtifactText;

/**
 * A signal of one schema, looked up once: setting values by it saves the look-up of the name. Made by
 * {@link SignalSchema#handle(String)}; immutable and safe to share between threads.
 */
public final class SignalHandle {

    private final SignalSchema schema;
    private final int position;

    SignalHandle(SignalSchema schema, int position) {
        this.schema = schema;
        this.position = position;
    }

    /**
     * The declaration of the signal.
     *
     * @return the signal
     */
    public Signal signal() {
        return schema.declared().get(position);
    }

    SignalSchema schema() {
        return schema;
    }

    int position() {
        return position;
    }

    /** The name of the signal in quotes. */
    @Override
    public String toString() {
        return ArtifactText.quoted(signal().name());
    }
}
