package io.conversion.service;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Receives the body of every request, whatever its path, before anything behind looks at it: within its limit and its time,
 * and without a thread that waits for it.
 */
final class BodyFilter implements Filter {

    private static final String BODY = Body.class.getName();

    /** How much is read of a body that is too long, so that its sender gets to see the answer. */
    private static final int DROPPED = 2 << 20;

    private final Body.BodyLimit user;
    private final Body.BodyLimit batch;
    private final Admission admission;
    private final HandlerExceptionResolver problems;

    BodyFilter(ServiceProperties.Limits limits, Admission admission, HandlerExceptionResolver problems) {
        this.user = new Body.BodyLimit((int) limits.body().toBytes(), DROPPED, limits.receiveTime());
        this.batch = new Body.BodyLimit((int) limits.batchBody().toBytes(), DROPPED, limits.receiveTime());
        this.admission = admission;
        this.problems = problems;
    }

    @Override
    public void doFilter(ServletRequest any, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) any;
        if (request.getAttribute(BODY) instanceof Body received) {
            try {
                answer(received, request, (HttpServletResponse) response, chain);
            } finally {
                received.release();
            }
        } else if (request.getDispatcherType() == DispatcherType.REQUEST && hasBody(request)) {
            receive(request, (HttpServletResponse) response, chain);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean hasBody(HttpServletRequest request) {
        return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    }

    private void receive(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean ofBatch = request.getServletPath().equals(ScoreController.BATCH);
        Body.BodyLimit limit = ofBatch ? batch : user;
        Body body = new Body(request, limit);
        if (body.hopeless() || body.came()) {
            answer(body, request, response, chain);
            return;
        }
        request.setAttribute(BODY, body);
        long declared = request.getContentLengthLong();
        if (ofBatch && (declared < 0 || declared > user.bytes())) {
            body.receive(request.startAsync(request, response), admission);
        } else {
            body.receive(request.startAsync(request, response));
        }
    }

    private void answer(Body body, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ErrorResponseException problem = body.problem();
        if (problem == null) {
            chain.doFilter(new ReceivedRequest(request, body.bytes()), response);
        } else {
            problems.resolveException(request, response, null, problem);
        }
        if (response.isCommitted()) {
            // What is left of a long answer is written while it counts as one.
            response.flushBuffer();
        }
    }
}
