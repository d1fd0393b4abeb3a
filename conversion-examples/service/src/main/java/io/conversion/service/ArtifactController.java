package io.conversion.service;

import io.conversion.policy.serving.ArtifactWatcher;
import io.conversion.policy.serving.ServingUnit;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Shows what is served: the artifacts themselves, sealed with their digests, so that they can be read, compared with
 * those of another instance, and given to the workbench as they are.
 */
@Tag(name = "Serving")
@RestController
class ArtifactController {

    private final ArtifactWatcher watcher;

    ArtifactController(ArtifactWatcher watcher) {
        this.watcher = watcher;
    }

    @Operation(summary = "The model that is served, as its artifact")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "object")))
    @GetMapping(path = "/model", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> model() {
        ServingUnit unit = watcher.current();
        return artifact(unit, unit.model().reference().digest(), unit.model().toJson());
    }

    @Operation(summary = "The policy that is served, as its file")
    @ApiResponse(responseCode = "200", content = @Content(schema = @Schema(type = "object")))
    @GetMapping(path = "/policy", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> policy() {
        ServingUnit unit = watcher.current();
        return artifact(unit, unit.policy().reference().digest(), unit.policy().toJson());
    }

    private static ResponseEntity<byte[]> artifact(ServingUnit unit, String digest, String json) {
        return ResponseEntity.ok()
                .eTag(digest)
                .header("Conversion-Revision", String.valueOf(unit.revision()))
                .body(json.getBytes(StandardCharsets.UTF_8));
    }
}
