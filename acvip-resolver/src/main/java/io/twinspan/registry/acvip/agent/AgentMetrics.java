package io.twinspan.registry.acvip.agent;

import io.twinspan.registry.acvip.client.ClientCounters;
import io.twinspan.registry.acvip.connect.ForwardCounters;
import io.twinspan.registry.federation.FederationEpoch;
import java.util.Optional;

/** The agent's figures in the text form of Prometheus. */
final class AgentMetrics {
    private final StringBuilder out = new StringBuilder();

    private AgentMetrics() {}

    static String text(ClientCounters client, Optional<ForwardCounters> forward, long requests, int waiting) {
        AgentMetrics metrics = new AgentMetrics();
        metrics.gauge("fresh", client.isFresh() ? 1 : 0);
        metrics.gauge("epoch", client.epoch().map(FederationEpoch::number).orElse(0L));
        metrics.gauge("domains", client.domains());
        metrics.gauge("servers", client.servers());
        metrics.gauge("waiting_polls", waiting);
        metrics.counter("requests", requests);
        metrics.counter("polls", client.polls());
        metrics.counter("poll_failures", client.failures());
        metrics.counter("lower_epochs", client.lowerEpochs());
        metrics.counter("far_epochs", client.farEpochs());
        metrics.counter("saves", client.saves());
        metrics.counter("failed_saves", client.failedSaves());
        forward.ifPresent(metrics::forward);
        return metrics.out.toString();
    }

    private void forward(ForwardCounters forward) {
        gauge("streams", forward.streams());
        counter("streams_accepted", forward.accepted());
        counter("streams_connected", forward.connected());
        counter("streams_unproxied", forward.unproxied());
        counter("streams_unserved", forward.unserved());
        counter("streams_moved", forward.moved());
        counter("streams_stuck", forward.stuck());
        counter("connect_failures", forward.failedConnects());
        counter("bytes_up", forward.bytesUp());
        counter("bytes_down", forward.bytesDown());
    }

    private void gauge(String name, long value) {
        line("twinspan_agent_" + name, "gauge", value);
    }

    private void counter(String name, long value) {
        line("twinspan_agent_" + name + "_total", "counter", value);
    }

    private void line(String name, String type, long value) {
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        out.append(name).append(' ').append(value).append('\n');
    }
}
