package io.conversion.service;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.AbstractEndpoint;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tomcat's HTTP/1.1 with an end to each exchange. Tomcat itself limits how long it waits for the next byte, in either
 * direction, so that one byte every few seconds holds a connection, and often a thread, for as long as the client likes.
 * Here, a header that is not complete in time is answered with 408, and an exchange that lasts from its first byte to the
 * last one of its answer for too long is cut off. Made by Tomcat, by its name.
 */
public final class DeadlineProtocol extends Http11NioProtocol {

    private static final Logger LOG = LoggerFactory.getLogger(DeadlineProtocol.class);

    private static final String PROBLEM = "{\"title\":\"Request Timeout\",\"status\":408}";
    private static final byte[] TOO_SLOW =
            ("HTTP/1.1 408 \r\nContent-Type: application/problem+json\r\nContent-Length: " + PROBLEM.length()
                            + "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n" + PROBLEM)
                    .getBytes(StandardCharsets.US_ASCII);

    private final Exchanges exchanges;
    private Duration header = Duration.ofSeconds(10);
    private Duration exchange = Duration.ofSeconds(30);
    private @Nullable ScheduledFuture<?> watch;

    /** Made by Tomcat. */
    public DeadlineProtocol() {
        exchanges = new Exchanges(getEndpoint().getHandler());
        getEndpoint().setHandler(exchanges);
    }

    void deadlines(Duration ofHeader, Duration ofExchange) {
        this.header = ofHeader;
        this.exchange = ofExchange;
    }

    @Override
    public void start() throws Exception {
        super.start();
        watch = getUtilityExecutor().scheduleWithFixedDelay(this::look, 500, 500, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws Exception {
        ScheduledFuture<?> started = watch;
        if (started != null) {
            started.cancel(false);
        }
        super.stop();
    }

    private void look() {
        long now = System.nanoTime();
        exchanges.begun.forEach((socket, begun) -> {
            long age = now - begun;
            if (age > header.toNanos()) {
                end(socket, begun, age > exchange.toNanos());
            }
        });
    }

    private void end(SocketWrapperBase<NioChannel> socket, long begun, boolean over) {
        Lock lock = socket.getLock();
        if (lock.tryLock()) {
            try {
                // Nobody works on it. It may be between two requests by now.
                Long same = exchanges.begun.get(socket);
                if (same == null || same != begun) {
                    return;
                }
                if (socket.getCurrentProcessor() instanceof Processor processor && processor.isAsync()) {
                    if (over) {
                        shut(socket);
                    }
                } else {
                    refuseHeader(socket);
                }
            } finally {
                lock.unlock();
            }
        } else if (over) {
            shut(socket);
        }
    }

    private static void refuseHeader(SocketWrapperBase<NioChannel> socket) {
        try {
            socket.write(false, TOO_SLOW, 0, TOO_SLOW.length);
            socket.flush(false);
        } catch (IOException e) {
            LOG.debug("nobody is there to be told that a header was too slow", e);
        }
        socket.close();
    }

    /** Ends what a thread waits for in this connection, so that the thread itself finds it ended and cleans up. */
    private static void shut(SocketWrapperBase<NioChannel> socket) {
        try {
            SocketChannel channel = socket.getSocket().getIOChannel();
            if (channel != null) {
                channel.shutdownInput();
                channel.shutdownOutput();
            }
        } catch (IOException e) {
            LOG.debug("a connection that lasted too long has ended by itself", e);
        }
    }

    /** Knows since when each connection is in an exchange: from the first byte until it waits for another one, or is closed. */
    private static final class Exchanges implements AbstractEndpoint.Handler<NioChannel> {

        private final AbstractEndpoint.Handler<NioChannel> handler;
        private final Map<SocketWrapperBase<NioChannel>, Long> begun = new ConcurrentHashMap<>();

        Exchanges(AbstractEndpoint.Handler<NioChannel> handler) {
            this.handler = handler;
        }

        @Override
        public SocketState process(SocketWrapperBase<NioChannel> socket, SocketEvent event) {
            begun.putIfAbsent(socket, System.nanoTime());
            SocketState state = handler.process(socket, event);
            if (state != SocketState.LONG) {
                begun.remove(socket);
            }
            return state;
        }

        @Override
        public void release(SocketWrapperBase<NioChannel> socket) {
            begun.remove(socket);
            handler.release(socket);
        }

        @Override
        public Object getGlobal() {
            return handler.getGlobal();
        }

        @Override
        public void pause() {
            handler.pause();
        }

        @Override
        public void recycle() {
            handler.recycle();
        }
    }
}
