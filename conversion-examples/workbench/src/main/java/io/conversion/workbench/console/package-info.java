/**
 * What the commands share: files in and out, options, tables, progress and refusals.
 */
@NullMarked
package io.conversion.workbench.console;

import org.jspecify.annotations.NullMarked;
