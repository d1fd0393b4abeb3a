package io.conversion.core.signals;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says which signal a record component holds, or which level an enum constant stands for, where the names differ by more
 * than letter case and separators. Read by {@link SignalBinding}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface SignalName {

    /**
     * The name of the signal, or the level, exactly as the schema spells it.
     *
     * @return the name
     */
    String value();
}
