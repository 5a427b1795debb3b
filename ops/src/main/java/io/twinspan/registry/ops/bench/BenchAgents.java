package io.twinspan.registry.ops.bench;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.ops.demo.AgentLine;
import io.twinspan.registry.ops.demo.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Agents as operators start them, one for each so many clients, which they forward. */
final class BenchAgents implements AutoCloseable {
    static final String SESSIONS = "/acvip/v1/domains/session.twinspan";

    private static final Duration STARTING = Duration.ofSeconds(30);
    private static final int FIRST_PORT = 9_800;
    private static final String HOST = "127.0.0.1";

    private final List<Process> processes = new ArrayList<>();
    private final List<Endpoint> doors = new ArrayList<>();

    private BenchAgents() {}

    /**
     * Returns when each answers for the federation's sessions.
     *
     * @param servers HTTP ports of sessions
     */
    static BenchAgents start(Installation installation, FailoverLoad load, List<Endpoint> servers) {
        BenchAgents agents = new BenchAgents();
        try {
            for (int i = 0; i < load.agents(); i++) {
                agents.add(installation, load, servers);
            }
            Waiting.until(
                    STARTING,
                    "an agent did not answer",
                    () -> agents.doors.stream().allMatch(door -> !named(door).isEmpty()));
            return agents;
        } catch (RuntimeException failed) {
            agents.close();
            throw failed;
        }
    }

    /** HTTP of each. */
    List<Endpoint> doors() {
        return List.copyOf(doors);
    }

    /** The datacenters whose sessions a resolver or agent names; none when it does not answer. */
    static List<String> named(Endpoint door) {
        try (KeptConnection connection = new KeptConnection(door.host(), door.port())) {
            return datacenters(connection.get(SESSIONS));
        } catch (IOException notYet) {
            return List.of();
        }
    }

    /** The datacenters in an answer for the federation's sessions, each once. */
    static List<String> datacenters(String answer) {
        JsonNode endpoints = JsonMapper.shared().readTree(answer).path("endpoints");
        List<String> names = new ArrayList<>();
        endpoints.forEach(each -> names.add(each.path("datacenter").asString("")));
        return names.stream().distinct().toList();
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }

    private void add(Installation installation, FailoverLoad load, List<Endpoint> servers) {
        int port = FIRST_PORT + load.portOffset() + 2 * doors.size();
        Endpoint door = new Endpoint(HOST, port);
        Path folder = load.folder().resolve("agent-" + doors.size());
        List<String> command = AgentLine.command(
                installation,
                List.of(
                        "--server", servers.stream().map(Endpoint::toString).collect(Collectors.joining(",")),
                        "--listen", door.toString(),
                        "--connect", HOST + ":" + (port + 1),
                        "--proxy-port", "+" + SidesOrder.PROXY_ABOVE,
                        "--folder", folder.toString()));
        if (command.isEmpty()) {
            throw new BenchException("the agent is not built; start through ops/bin/twinspan", null);
        }
        try {
            Files.createDirectories(folder);
            processes.add(new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("output.log").toFile())
                    .start());
            doors.add(door);
        } catch (IOException failed) {
            throw new BenchException("an agent could not be started: " + failed.getMessage(), failed);
        }
    }
}
