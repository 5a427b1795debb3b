package io.twinspan.registry.ops.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the demo's processes are started. Small heaps and one collector thread: up to seventeen of them share a laptop. Only the
 * first compiler: it halves the work of starting, and a demo seldom lives long enough for the second to pay.
 */
final class CommandLines {
    private static final String BROKER_CLASS = "io.twinspan.registry.ops.broker.EmbeddedBroker";

    private final Installation installation;
    private final DemoHome home;

    CommandLines(Installation installation, DemoHome home) {
        this.installation = installation;
        this.home = home;
    }

    List<String> broker() {
        List<String> command = jvm(DemoHome.KAFKA, "-Xmx128m");
        command.addAll(List.of("-cp", installation.opsJar().toString(), BROKER_CLASS));
        command.addAll(List.of("--folder", home.data(DemoHome.KAFKA).toString()));
        command.addAll(List.of("--port", Integer.toString(Layout.KAFKA.port())));
        return command;
    }

    List<String> node(DemoNode node) {
        List<String> command = jvm(node.name(), "-Xmx512m");
        command.add("-jar");
        command.add(installation.nodeJar().toString());
        command.add("--spring.config.additional-location=file:" + home.nodeYaml(node));
        return command;
    }

    private List<String> jvm(String process, String heap) {
        Path gcLog = home.logs(process).resolve("gc.log");
        return new ArrayList<>(List.of(
                installation.java().toString(),
                heap,
                "-Xss512k",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Xlog:gc:file=\"" + gcLog + "\":time,uptime:filecount=3,filesize=5m",
                "-Djava.io.tmpdir=" + home.temporary(process),
                "-Dsofa.middleware.log.disable=true"));
    }
}
