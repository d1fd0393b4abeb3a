package io.conversion.service;

import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.ServingUnit;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows what is served: a summary that anybody may see, or, if the operator says so, the artifacts themselves, sealed with
 * their digests, so that they can be read, compared with those of another instance, and given to the workbench as they are.
 */
@Tag(name = "Serving")
@RestController
class ArtifactController {

    private final ArtifactWatcher watcher;
    private final boolean whole;
    private volatile @Nullable Written written;

    ArtifactController(ArtifactWatcher watcher, ServiceProperties properties) {
        this.watcher = watcher;
        this.whole = properties.serving().showArtifacts();
    }

    @Operation(summary = "The model that is served: a summary, or its artifact if the service is set to show it")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "object")))
    @GetMapping(path = "/model", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> model() {
        ServingUnit unit = watcher.current();
        return artifact(
                unit,
                unit.model().reference().digest(),
                whole ? written(unit).model : ArtifactSummary.OfModel.of(unit.model()));
    }

    @Operation(summary = "The policy that is served: a summary, or its file if the service is set to show it")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "object")))
    @GetMapping(path = "/policy", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<?> policy() {
        ServingUnit unit = watcher.current();
        return artifact(
                unit,
                unit.policy().reference().digest(),
                whole ? written(unit).policy : ArtifactSummary.OfPolicy.of(unit.policy()));
    }

    private static ResponseEntity<?> artifact(ServingUnit unit, String digest, Object body) {
        return ResponseEntity.ok()
                .eTag(digest)
                .header("Conversion-Revision", String.valueOf(unit.revision()))
                .body(body);
    }

    private Written written(ServingUnit unit) {
        Written last = written;
        if (last == null || last.unit != unit) {
            last = new Written(unit);
            written = last;
        }
        return last;
    }

    /** Both artifacts as text, made once for a unit. */
    private static final class Written {

        final ServingUnit unit;
        final byte[] model;
        final byte[] policy;

        Written(ServingUnit unit) {
            this.unit = unit;
            this.model = unit.model().toJson().getBytes(StandardCharsets.UTF_8);
            this.policy = unit.policy().toJson().getBytes(StandardCharsets.UTF_8);
        }
    }
}
