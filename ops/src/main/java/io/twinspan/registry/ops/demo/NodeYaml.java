package io.twinspan.registry.ops.demo;

import io.twinspan.registry.datacenter.NodePort;

/** Writes the configuration of a demo's node. Pure. */
final class NodeYaml {
    private NodeYaml() {}

    static String text(Site own, Site peer, DemoHome home) {
        return String.join(
                "\n",
                "# Written by 'twinspan demo' at each start; changes are lost.",
                "twinspan:",
                "  datacenter: " + own.name(),
                "  roles: [meta, data, session]",
                "  home: " + quoted(home.data(own.name()).toString()),
                "  logs: " + quoted(home.logs(own.name()).toString()),
                "  bind: " + Site.HOST,
                "  advertise: " + Site.HOST,
                "  port-offset: " + own.portOffset(),
                "  kafka: " + Site.KAFKA,
                "  meta: [" + Site.HOST + "]",
                "  peers:",
                "    - datacenter: " + peer.name(),
                "      kafka: " + Site.KAFKA,
                "      meta: [\"" + peer.endpoint(NodePort.META_FOR_META) + "\"]",
                "  data:",
                "    warming-earliest: 3s",
                "    warming-quiet: 2s",
                "");
    }

    /** In double quotes of YAML, so that folders with blanks, colons or hashes stay what they are. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
