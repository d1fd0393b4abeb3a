package io.conversion.service;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Lets so many requests in at a time, until the last byte of their answers. The others wait in turn, without a thread and
 * without a body in memory, and are sent away after a time.
 */
final class Admission implements AutoCloseable {

    /** Somebody who waits is told one of the two, once, on any thread. */
    interface Visitor {

        void admitted();

        void sentAway();
    }

    private static final int MOST_WAITING = 256;

    private final Duration wait;
    private final Deque<Visitor> waiting = new ArrayDeque<>();
    private final ScheduledThreadPoolExecutor clock;
    private int free;

    Admission(int atOnce, Duration wait) {
        this.free = atOnce;
        this.wait = wait;
        this.clock = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "admission");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Whether there was room, without waiting for it. */
    synchronized boolean enter() {
        boolean room = free > 0;
        free -= room ? 1 : 0;
        return room;
    }

    void enter(Visitor visitor) {
        boolean room;
        boolean turn;
        synchronized (this) {
            turn = free > 0;
            room = waiting.size() < MOST_WAITING;
            if (turn) {
                free--;
            } else if (room) {
                waiting.add(visitor);
            }
        }
        if (turn) {
            visitor.admitted();
        } else if (room) {
            var unused = clock.schedule(() -> sendAway(visitor), wait.toMillis(), TimeUnit.MILLISECONDS);
        } else {
            visitor.sentAway();
        }
    }

    private void sendAway(Visitor visitor) {
        if (forget(visitor)) {
            visitor.sentAway();
        }
    }

    /** Whether the visitor was waiting; it does so no more, and is told nothing. */
    synchronized boolean forget(Visitor visitor) {
        return waiting.remove(visitor);
    }

    /** Whoever was admitted has gone. The next one is told by a thread that holds no connection: it needs that of the next. */
    void leave() {
        Visitor next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                free++;
                return;
            }
        }
        clock.execute(next::admitted);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
