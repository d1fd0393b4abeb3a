package io.conversion.service;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * Writes long answers, such as the model or the pages, to so many clients at a time that threads are left for decisions: a
 * client that takes a long answer slowly holds a thread until its time is over. Answers about one user, and the state of the
 * service, are so short that the operating system takes them at once; batches are counted by an admission of their own.
 */
final class LongAnswers implements Filter {

    static final int AT_ONCE = 12;

    private static final String TURN = LongAnswers.class.getName();
    private static final Set<String> SHORT =
            Set.of(ScoreController.USER, ScoreController.BATCH, "/outcome", "/health", "/livez", "/readyz");

    private final Admission admission;
    private final HandlerExceptionResolver problems;

    LongAnswers(Admission admission, HandlerExceptionResolver problems) {
        this.admission = admission;
        this.problems = problems;
    }

    @Override
    public void doFilter(ServletRequest any, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) any;
        if (SHORT.contains(request.getServletPath())) {
            chain.doFilter(request, response);
        } else if (request.getAttribute(TURN) instanceof Boolean admitted) {
            if (admitted) {
                answer(new ReceivedRequest(request, new byte[0]), response, chain);
            } else {
                problems.resolveException(request, (HttpServletResponse) response, null, Problems.tooManyLongAnswers());
            }
        } else if (admission.enter()) {
            answer(request, response, chain);
        } else {
            admission.enter(new Turn(request, request.startAsync(request, response)));
        }
    }

    private void answer(HttpServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
            if (response.isCommitted()) {
                // What is left of it is written while it counts as one.
                response.flushBuffer();
            }
        } finally {
            admission.leave();
        }
    }

    /** A request that is dispatched again when it has its turn, or is to have none. */
    private final class Turn implements Admission.Visitor {

        private final HttpServletRequest request;
        private final AsyncContext async;

        Turn(HttpServletRequest request, AsyncContext async) {
            this.request = request;
            this.async = async;
            // The admission tells in time.
            async.setTimeout(0);
        }

        @Override
        public void admitted() {
            if (!dispatched(true)) {
                admission.leave();
            }
        }

        @Override
        public void sentAway() {
            dispatched(false);
        }

        private boolean dispatched(boolean admitted) {
            try {
                request.setAttribute(TURN, admitted);
                async.dispatch();
                return true;
            } catch (IllegalStateException e) {
                // The client has gone, and the container with it.
                return false;
            }
        }
    }
}
