package io.conversion.service;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponseException;

/**
 * The body of one request while it comes in. No thread waits for it: a sender who takes its time costs a connection and what
 * it has sent so far. Of a body that is refused, what still comes is dropped, since a client that is not yet done would not
 * see the answer.
 */
final class Body implements ReadListener, AsyncListener, Admission.Visitor {

    private static final byte[] NOTHING = {};

    /** Written by everybody and read by nobody. */
    private static final byte[] DROPPED = new byte[8 * 1024];

    private final ServletInputStream in;
    private final BodyLimit limit;
    private final long declared;
    private byte[] bytes = NOTHING;
    private int length;
    private long dropped;
    private @Nullable ErrorResponseException problem;

    private @Nullable AsyncContext async;
    private @Nullable Admission admission;
    private boolean waiting;
    private boolean admitted;
    private boolean done;

    /** How long a body may be, how much of a longer one is read and dropped, and how long all of that may take. */
    record BodyLimit(int bytes, int dropped, Duration time) {}

    Body(HttpServletRequest request, BodyLimit limit) throws IOException {
        this.in = request.getInputStream();
        this.limit = limit;
        this.declared = request.getContentLengthLong();
        if (declared > limit.bytes()) {
            problem = Problems.bodyTooLarge(limit.bytes());
        }
    }

    /** Whether the body was there with the header of its request, as a short one mostly is. */
    boolean came() throws IOException {
        if (problem != null || declared < 0 || declared > DROPPED.length) {
            return false;
        }
        while (length < declared && in.available() > 0) {
            take();
        }
        return length == declared;
    }

    /** Whether so much is declared that it is not even dropped. */
    boolean hopeless() {
        return declared > (long) limit.bytes() + limit.dropped();
    }

    /** Receives the body and dispatches the request again. */
    void receive(AsyncContext context) {
        async = context;
        context.setTimeout(limit.time().toMillis());
        context.addListener(this);
        in.setReadListener(this);
    }

    /** The same once it is admitted; what is refused already takes nobody's place. */
    void receive(AsyncContext context, Admission admitting) {
        if (problem != null) {
            receive(context);
            return;
        }
        synchronized (this) {
            async = context;
            admission = admitting;
            waiting = true;
        }
        context.setTimeout(limit.time().toMillis());
        context.addListener(this);
        admitting.enter(this);
    }

    @Override
    public void admitted() {
        synchronized (this) {
            waiting = false;
            admitted = true;
        }
        listen();
    }

    @Override
    public void sentAway() {
        synchronized (this) {
            waiting = false;
            problem = Problems.tooManyBatches();
        }
        listen();
    }

    /** Takes the lock of the connection, so no other lock may be held. */
    private void listen() {
        boolean gone;
        synchronized (this) {
            gone = done;
        }
        try {
            if (!gone) {
                in.setReadListener(this);
                return;
            }
        } catch (IllegalStateException | NullPointerException e) {
            // The request ended a moment ago, and its stream with it.
        }
        release();
    }

    @Override
    public void onDataAvailable() throws IOException {
        while (!done && in.isReady() && !in.isFinished()) {
            if (problem == null) {
                take();
            } else {
                drop();
            }
        }
    }

    private void take() throws IOException {
        if (length == limit.bytes()) {
            drop();
            if (dropped > 0) {
                problem = Problems.bodyTooLarge(limit.bytes());
                bytes = NOTHING;
            }
            return;
        }
        if (length == bytes.length) {
            long most = declared < 0 ? limit.bytes() : declared;
            // Of one who was admitted there is room for all of it; of any other, for twice of what it has sent.
            long room = admitted && declared >= 0 ? most : Math.min(most, Math.max(DROPPED.length, 2L * length));
            bytes = Arrays.copyOf(bytes, (int) room);
        }
        int read = in.read(bytes, length, bytes.length - length);
        length += Math.max(0, read);
    }

    private void drop() throws IOException {
        dropped += Math.max(0, in.read(DROPPED));
        if (dropped > limit.dropped()) {
            finish();
        }
    }

    @Override
    public void onAllDataRead() {
        finish();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        Admission admitting = admission;
        if (admitting != null) {
            admitting.forget(this);
        }
        if (problem == null) {
            problem = waiting ? Problems.tooManyBatches() : Problems.bodyTooSlow(limit.time());
        }
        finish();
    }

    private void finish() {
        AsyncContext context = async;
        synchronized (this) {
            if (done || context == null) {
                return;
            }
            done = true;
        }
        context.dispatch();
    }

    /** What is wrong with it, apart from what it says. */
    @Nullable
    ErrorResponseException problem() {
        return problem;
    }

    /** Hands over the whole body. */
    byte[] bytes() {
        byte[] whole = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        bytes = NOTHING;
        length = 0;
        return whole;
    }

    /** Makes room for another one; to be called when the request is answered, and harmless more than once. */
    void release() {
        Admission admitting;
        synchronized (this) {
            admitting = admission;
            done = true;
            bytes = NOTHING;
            length = 0;
            if (admitting == null || !admitted) {
                return;
            }
            admission = null;
        }
        admitting.leave();
    }

    @Override
    public void onError(Throwable failure) {
        gone();
    }

    @Override
    public void onError(AsyncEvent event) {
        gone();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        gone();
    }

    private void gone() {
        Admission admitting = admission;
        if (admitting != null) {
            admitting.forget(this);
        }
        release();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
