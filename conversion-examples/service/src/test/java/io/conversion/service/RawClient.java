package io.conversion.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One connection, of which every byte is sent and taken when the test says so. */
final class RawClient implements AutoCloseable {

    private final Socket socket = new Socket();

    RawClient(int port) {
        try {
            // So that the system takes little of an answer that nobody reads.
            socket.setReceiveBufferSize(4096);
            socket.setSoTimeout(20_000);
            socket.connect(new InetSocketAddress("localhost", port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String head(String line, String... headers) {
        return line + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n") + "\r\n";
    }

    /** False if the other side has closed the connection. */
    boolean send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Everything until the other side closes, or until it breaks the connection. */
    String rest() {
        StringBuilder rest = new StringBuilder();
        byte[] bytes = new byte[64 * 1024];
        try {
            for (int read = socket.getInputStream().read(bytes);
                    read >= 0;
                    read = socket.getInputStream().read(bytes)) {
                rest.append(new String(bytes, 0, read, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException e) {
            rest.append("<broken>");
        }
        return rest.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
