package io.conversion.service;

import io.conversion.policy.Decision;
import io.conversion.policy.serving.ServedDecision;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** The problem documents (RFC 9457) of this service. All others have the type {@code about:blank}. */
final class Problems {

    static final URI INVALID_BODY = URI.create("urn:conversion:problem:invalid-body");
    static final URI INVALID_SIGNALS = URI.create("urn:conversion:problem:invalid-signals");
    static final URI BODY_TOO_LARGE = URI.create("urn:conversion:problem:body-too-large");
    static final URI BODY_TOO_SLOW = URI.create("urn:conversion:problem:body-too-slow");
    static final URI BUSY = URI.create("urn:conversion:problem:busy");
    static final URI OUTCOME_NOT_COUNTED = URI.create("urn:conversion:problem:outcome-not-counted");

    private Problems() {}

    static ErrorResponseException bodyTooLarge(int limit) {
        return exception(problem(
                HttpStatus.CONTENT_TOO_LARGE,
                BODY_TOO_LARGE,
                "The body is too large",
                "The body is longer than " + limit + " bytes; send less, such as fewer rows."));
    }

    static ErrorResponseException bodyTooSlow(Duration limit) {
        return exception(problem(
                HttpStatus.REQUEST_TIMEOUT,
                BODY_TOO_SLOW,
                "The body came too slowly",
                "The body did not come within " + limit.toMillis() + " ms; send it without a pause, or fewer rows."));
    }

    static ErrorResponseException tooManyBatches() {
        return later("So many batches are worked on that there was no turn for this one; send it again later.");
    }

    static ErrorResponseException tooManyLongAnswers() {
        return later("So many clients are sent long answers that there is no turn for this one; ask again later.");
    }

    private static ErrorResponseException later(String detail) {
        ErrorResponseException problem =
                exception(problem(HttpStatus.SERVICE_UNAVAILABLE, BUSY, "The service is busy", detail));
        problem.getHeaders().set(HttpHeaders.RETRY_AFTER, "1");
        return problem;
    }

    static ErrorResponseException codedBody() {
        ErrorResponseException problem = exception(ProblemDetail.forStatusAndDetail(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body has a content encoding; send it as it is, without one."));
        problem.getHeaders().set(HttpHeaders.ACCEPT_ENCODING, "identity");
        return problem;
    }

    static ErrorResponseException invalidBody(List<Fault> faults) {
        return exception(bodyProblem(faults));
    }

    /** A body that is not what the API describes. */
    static ProblemDetail bodyProblem(List<Fault> faults) {
        ProblemDetail problem =
                problem(HttpStatus.BAD_REQUEST, INVALID_BODY, "The body is not valid", counted(faults, "body"));
        problem.setProperty("errors", faults);
        return problem;
    }

    /** Signals that the schema refuses: a fallback, whose action is told, and by whom it was decided. */
    static ProblemDetail signalsProblem(List<Fault> faults, ServedDecision served) {
        Decision decision = served.decision();
        ProblemDetail problem = problem(
                HttpStatus.UNPROCESSABLE_CONTENT,
                INVALID_SIGNALS,
                "The signals are refused",
                counted(faults, "signals"));
        problem.setProperty("errors", faults);
        problem.setProperty("request", served.event().request());
        problem.setProperty("action", decision.action());
        problem.setProperty("reason", decision.reason().name().toLowerCase(Locale.ROOT));
        problem.setProperty("model", ArtifactReference.of(decision.model()));
        problem.setProperty("policy", ArtifactReference.of(decision.policy()));
        problem.setProperty("revision", served.unit().revision());
        return problem;
    }

    static ErrorResponseException outcomeNotCounted(HttpStatus status, String reason, String detail) {
        ProblemDetail problem = problem(status, OUTCOME_NOT_COUNTED, "The outcome is not counted", detail);
        problem.setProperty("reason", reason);
        return exception(problem);
    }

    static ErrorResponseException unknownRevision(String revision, List<Long> kept) {
        return exception(ProblemDetail.forStatusAndDetail(
                HttpStatus.NOT_FOUND, "No unit of revision " + revision + " is kept; those of " + kept + " are."));
    }

    static ErrorResponseException exception(ProblemDetail problem) {
        return new ErrorResponseException(HttpStatus.valueOf(problem.getStatus()), problem, null);
    }

    private static ProblemDetail problem(HttpStatus status, URI type, String title, String detail) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
        problem.setType(type);
        problem.setTitle(title);
        return problem;
    }

    private static String counted(List<Fault> faults, String of) {
        return faults.size() == 1
                ? "One thing is wrong with the " + of + "."
                : faults.size() + " things are wrong with the " + of + ".";
    }
}
