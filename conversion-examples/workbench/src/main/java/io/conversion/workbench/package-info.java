/**
 * The library as a command line: start at {@link io.conversion.workbench.Workbench}, which maps arguments to one of the
 * commands, and the command to an exit code.
 */
@NullMarked
package io.conversion.workbench;

import org.jspecify.annotations.NullMarked;
