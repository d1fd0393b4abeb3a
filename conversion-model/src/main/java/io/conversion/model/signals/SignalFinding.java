package io.conversion.model.signals;

/**
 * Why a signal is not kept without condition.
 *
 * @param dimension what it was validated for
 * @param verdict the verdict that this alone calls for: conditional or drop
 * @param sentence the finding in a sentence that names the value and the limit
 */
public record SignalFinding(Dimension dimension, Verdict verdict, String sentence) {}
