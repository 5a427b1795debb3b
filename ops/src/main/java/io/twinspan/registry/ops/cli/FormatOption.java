package io.twinspan.registry.ops.cli;

import java.util.List;
import picocli.CommandLine.Option;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** How an answer is told: to people, or to scripts. */
final class FormatOption {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Option(
            names = "-o",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json; default ${DEFAULT-VALUE}")
    private DemoStatusCommand.Format format = DemoStatusCommand.Format.TEXT;

    boolean isJson() {
        return format == DemoStatusCommand.Format.JSON;
    }

    /** Says one of the two. */
    void say(Surroundings surroundings, Object json, List<String> lines) {
        if (isJson()) {
            surroundings.say(JSON.writeValueAsString(json));
        } else {
            lines.forEach(surroundings::say);
        }
    }
}
