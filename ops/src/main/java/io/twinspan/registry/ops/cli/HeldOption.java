package io.twinspan.registry.ops.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which held services are meant. */
final class HeldOption {
    @ArgGroup(exclusive = true, multiplicity = "1")
    private Choice choice = new Choice();

    @Option(names = "--group", paramLabel = "GROUP", description = "with --service: of this group only")
    private @Nullable String group;

    /** One of the two. */
    static final class Choice {
        @Option(names = "--service", paramLabel = "SERVICE", description = "name of a service")
        private @Nullable String service;

        @Option(names = "--all", description = "every service of which something is held")
        private boolean isAll;
    }

    /** As the data nodes read it. */
    Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        if (choice.isAll) {
            body.put("all", true);
        }
        if (choice.service != null) {
            body.put("service", choice.service);
        }
        if (group != null) {
            if (choice.isAll) {
                throw new IllegalArgumentException("--group goes with --service, not with --all");
            }
            body.put("group", group);
        }
        return body;
    }
}
