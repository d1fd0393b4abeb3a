package io.conversion.workbench.console;

import io.conversion.experiments.planning.EffectBands;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads true effects by band of probability. */
public final class EffectBandsConverter implements ITypeConverter<EffectBands> {

    @Override
    public EffectBands convert(String text) {
        try {
            return EffectBands.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
