package io.twinspan.registry.ops.cli;

import io.twinspan.registry.ops.client.RoleNodes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Lists what is held. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the services of which something is held, on all data nodes of a datacenter.",
            "Exit code 1 when a data node does not answer: then the list may lack something."
        })
final class QuarantineListCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private DataNodesOption meta = new DataNodesOption();

    @Option(
            names = "-o",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json; default ${DEFAULT-VALUE}")
    private Format format = Format.TEXT;

    QuarantineListCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        List<RoleNodes.Answer> answers = meta.dataNodes().get("/digest/quarantine");
        if (format == Format.JSON) {
            printJson(answers);
        } else {
            printText(answers);
        }
        return Quarantines.exitCode(surroundings, answers, ExitCodes.OK);
    }

    private void printText(List<RoleNodes.Answer> answers) {
        int services = 0;
        for (RoleNodes.Answer answer : answers) {
            for (JsonNode each : answer.body().path("services")) {
                services++;
                List<String> causes = new ArrayList<>();
                each.path("causes").properties().forEach(cause -> causes.add(cause.getKey()));
                List<String> sources = new ArrayList<>();
                each.path("sources").forEach(source -> sources.add(source.asString()));
                surroundings.say(each.path("dataId").asString() + " (group "
                        + each.path("group").asString() + "): "
                        + each.path("held").asInt() + " of "
                        + each.path("listed").asInt() + " held, "
                        + String.join(", ", causes) + ", of session " + String.join(", ", sources) + ", since "
                        + each.path("since").asString() + ", "
                        + (each.path("isConfirmed").asBoolean()
                                ? "confirmed"
                                : "until " + each.path("until").asString())
                        + ", on " + answer.node());
            }
        }
        if (services == 0) {
            surroundings.say("Nothing is held.");
        }
    }

    private void printJson(List<RoleNodes.Answer> answers) {
        List<Map<String, Object>> nodes = new ArrayList<>();
        for (RoleNodes.Answer answer : answers) {
            Map<String, Object> node = new LinkedHashMap<>();
            node.put("node", answer.node().toString());
            node.put("problem", answer.problem());
            node.put("services", answer.body().path("services").valueStream().toList());
            nodes.add(node);
        }
        surroundings.say(JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsString(nodes));
    }

    /** How it is told. */
    enum Format {
        TEXT,
        JSON
    }
}
