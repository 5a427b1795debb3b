package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.message.FetchPushBacklog;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.PushBacklog;
import io.twinspan.registry.node.pushswitch.PushSwitchJson;
import io.twinspan.registry.pushswitch.PushPosition;
import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.runtime.PeerException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** How the push switch of this datacenter stands, who obeys it, and what waits behind it. Belongs to the role's event loop. */
final class PushSwitchView {
    /** How long a change waits for the sessions; below what peers and HTTP wait for the answer. */
    static final Duration CONFIRM_WITHIN = Duration.ofMillis(1_500);

    private static final Duration SESSION_WITHIN = Duration.ofMillis(1_500);

    private final DatacenterId datacenter;
    private final MetaReplica replica;
    private final MetaPorts ports;
    private final PushConfirmations confirmations;

    PushSwitchView(DatacenterId datacenter, MetaReplica replica, MetaPorts ports, PushConfirmations confirmations) {
        this.datacenter = datacenter;
        this.replica = replica;
        this.ports = ports;
        this.confirmations = confirmations;
    }

    /** The answer to a change: once every session obeys it, or after a while with those that have not said so. */
    CompletionStage<OperatorAnswer> confirmed(String done) {
        PushSwitch value = replica.state().push();
        List<NodeId> sessions = sessions().stream().map(Member::node).toList();
        return confirmations
                .await(sessions, value.version(), ports.loop(), CONFIRM_WITHIN)
                .thenCompose(waited -> {
                    List<NodeId> missing = confirmations.missing(sessions, value.version());
                    String who = missing.isEmpty()
                            ? "; all " + sessions.size() + " sessions have confirmed"
                            : "; NOT confirmed by " + missing + " of " + sessions.size() + " sessions";
                    return show(done + closings(value, now()) + who);
                });
    }

    /** @param message empty for none */
    CompletionStage<OperatorAnswer> show(String message) {
        long now = now();
        PushSwitch value = replica.state().push().inForce(now);
        Map<String, @Nullable Object> body = OperatorAnswers.body(true, message.isEmpty() ? null : message);
        body.put("datacenter", datacenter.name());
        body.put("position", value.wholePosition(now).word());
        body.putAll(PushSwitchJson.fields(value));
        OptionalLong since = value.closedSince(now);
        body.put("closedSeconds", since.isPresent() ? Math.max(0, (now - since.getAsLong()) / 1_000) : 0);
        body.put("sessions", sessions().stream().map(this::row).toList());
        if (confirmations.highest() > value.version()) {
            body.put(
                    "remembered",
                    "sessions obey version " + confirmations.highest()
                            + " of an earlier meta group; 'open' or 'close' of everything by the operator ends that");
        }
        return CompletableFuture.completedFuture(OperatorAnswers.answer(OperatorAnswers.OK, body));
    }

    /** What opening now would set free. Sessions that do not answer are named. */
    CompletionStage<OperatorAnswer> preview() {
        List<PushBacklog> told = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        CompletionStage<Void> all = CompletableFuture.completedFuture(null);
        for (Member session : sessions()) {
            Endpoint endpoint = session.endpoints().get(NodePort.SESSION_CONSOLE);
            CompletionStage<PushBacklog> answer = endpoint == null
                    ? CompletableFuture.failedFuture(new PeerException("no port for questions"))
                    : ports.metas().client().call(endpoint, new FetchPushBacklog(), SESSION_WITHIN);
            CompletionStage<Void> taken = answer.handleAsync(
                    (backlog, failure) -> {
                        if (backlog == null) {
                            silent.add(session.node().value());
                        } else {
                            told.add(backlog);
                        }
                        return null;
                    },
                    ports.loop());
            all = all.thenCombine(taken, (first, second) -> null);
        }
        return all.thenApplyAsync(done -> preview(told, silent), ports.loop());
    }

    /** Who has closed what, in words, for the end of a sentence. */
    String closings(PushSwitch value, long now) {
        List<String> each = value.inForce(now).tokens().stream()
                .map(token -> token.position().word() + " by " + token.owner() + " for " + token.scope())
                .toList();
        return each.isEmpty() ? "" : "; in force: " + String.join(", ", each);
    }

    /** One line for everybody who asks a meta for anything; empty while push is open. Any thread. */
    static String notice(DatacenterId datacenter, PushSwitch stored, long now) {
        PushSwitch value = stored.inForce(now);
        OptionalLong since = value.closedSince(now);
        if (since.isEmpty()) {
            return "";
        }
        boolean isWhole = value.wholePosition(now) == PushPosition.CLOSED;
        List<String> owners = value.tokens().stream()
                .map(token -> token.owner().replaceAll("[^ -~]", "?"))
                .distinct()
                .toList();
        return "push is " + (isWhole ? "closed" : "closed in part") + " in " + datacenter + " since "
                + Instant.ofEpochMilli(since.getAsLong() / 1_000 * 1_000) + " by " + String.join(", ", owners);
    }

    private OperatorAnswer preview(List<PushBacklog> told, List<String> silent) {
        Map<String, @Nullable Object> body = OperatorAnswers.body(true, null);
        body.put("datacenter", datacenter.name());
        body.put("version", Long.toString(replica.state().push().version()));
        // A service that several sessions hold back counts once for each: their subscribers are served one by one.
        body.put("services", told.stream().mapToInt(PushBacklog::services).sum());
        body.put("clients", told.stream().mapToInt(PushBacklog::clients).sum());
        body.put("pushes", told.stream().mapToInt(PushBacklog::pushes).sum());
        body.put("sessions", told.size());
        body.put("silentSessions", silent);
        return OperatorAnswers.answer(OperatorAnswers.OK, body);
    }

    private Map<String, @Nullable Object> row(Member session) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        Endpoint clients = session.endpoints().get(NodePort.SESSION_CLIENT);
        long obeyed = confirmations.obeyed(session.node());
        row.put("node", session.node().value());
        row.put("address", clients == null ? null : clients.toString());
        row.put("version", Long.toString(obeyed));
        row.put("confirmed", obeyed >= replica.state().push().version());
        return row;
    }

    private List<Member> sessions() {
        return replica.state().cluster(datacenter).inRole(NodeRole.SESSION);
    }

    private long now() {
        return ports.clock().physicalMillis();
    }
}
