package io.conversion.service;

import java.util.List;

/**
 * The body of a request, read strictly: whatever could be made of it, and everything that is wrong with it.
 *
 * @param <T> the type itself
 */
interface StrictBody<T> {

    /** What is wrong with the body; empty if it can be used. */
    List<Fault> faults();

    /** A copy with faults. */
    T with(List<Fault> found);
}
