/**
 * The commands of a data scientist: users in, models, figures and reports out.
 */
@NullMarked
package io.conversion.workbench.models;

import org.jspecify.annotations.NullMarked;
