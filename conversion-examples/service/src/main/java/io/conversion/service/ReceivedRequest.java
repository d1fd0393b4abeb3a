package io.conversion.service;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Arrays;
import java.util.Objects;

/** A request whose body is in memory: to everything behind, it is the request that came. */
final class ReceivedRequest extends HttpServletRequestWrapper {

    private final BodyStream body;

    ReceivedRequest(HttpServletRequest request, byte[] body) {
        super(request);
        this.body = new BodyStream(body);
    }

    @Override
    public ServletInputStream getInputStream() {
        return body;
    }

    /** Filters that look at a request once would take it for one that they have seen. */
    @Override
    public DispatcherType getDispatcherType() {
        return DispatcherType.REQUEST;
    }

    /** Hands the body itself to who reads it in one go, so that it is never held twice. */
    private static final class BodyStream extends ServletInputStream {

        private byte[] bytes;
        private int at;
        private int marked;

        BodyStream(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return at < bytes.length ? bytes[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, into.length);
            if (at == bytes.length) {
                return length == 0 ? 0 : -1;
            }
            int read = Math.min(length, bytes.length - at);
            System.arraycopy(bytes, at, into, offset, read);
            at += read;
            return read;
        }

        @Override
        public byte[] readAllBytes() {
            byte[] rest = at == 0 ? bytes : Arrays.copyOfRange(bytes, at, bytes.length);
            bytes = new byte[0];
            at = 0;
            marked = 0;
            return rest;
        }

        @Override
        public boolean markSupported() {
            return true;
        }

        @Override
        public void mark(int limit) {
            marked = at;
        }

        @Override
        public void reset() {
            at = marked;
        }

        @Override
        public int available() {
            return bytes.length - at;
        }

        @Override
        public boolean isFinished() {
            return at == bytes.length;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new IllegalStateException("the body is in memory already");
        }
    }
}
