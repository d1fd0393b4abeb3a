/**
 * Decisions in an application of Spring Boot: {@link io.conversion.spring.ConversionAutoConfiguration} makes the beans that the
 * properties ask for.
 */
@NullMarked
package io.conversion.spring;

import org.jspecify.annotations.NullMarked;
