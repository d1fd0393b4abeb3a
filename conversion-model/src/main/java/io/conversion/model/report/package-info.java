/** The report of a model: a page to read, with its charts. */
@NullMarked
package io.conversion.model.report;

import org.jspecify.annotations.NullMarked;
