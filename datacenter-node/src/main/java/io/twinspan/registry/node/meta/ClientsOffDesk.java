package io.twinspan.registry.node.meta;

import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.node.policy.ClientsOffJson;
import io.twinspan.registry.policy.ClientsOff;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes clients out of this datacenter by their addresses, and back in, under the paths of SOFARegistry's client manager: a form with
 * {@code ips=10.0.0.7;10.0.0.8}, to which {@code reason} may be added. Whoever asks names addresses and no version, so a change that
 * comes second is made upon the first.
 */
final class ClientsOffDesk {
    private static final Logger LOG = LoggerFactory.getLogger(ClientsOffDesk.class);

    /** Releases of the classic server differ in the first part of the path. */
    private static final List<String> PREFIXES = List.of("/clientManager", "/api/clientManager");

    private static final int TRIES = 3;

    private final MetaReplica replica;
    private final MetaPorts ports;

    ClientsOffDesk(MetaReplica replica, MetaPorts ports) {
        this.replica = replica;
        this.ports = ports;
    }

    /** The calls that change something, by path. */
    Map<String, Function<OperatorCall, CompletionStage<OperatorAnswer>>> changes() {
        Map<String, Function<OperatorCall, CompletionStage<OperatorAnswer>>> changes = new LinkedHashMap<>();
        for (String prefix : PREFIXES) {
            changes.put(prefix + "/clientOff", this::off);
            changes.put(prefix + "/clientOpen", this::on);
        }
        return changes;
    }

    /** What may be asked, by path. */
    Map<String, Function<OperatorCall, CompletionStage<OperatorAnswer>>> questions() {
        Map<String, Function<OperatorCall, CompletionStage<OperatorAnswer>>> questions = new LinkedHashMap<>();
        PREFIXES.forEach(
                prefix -> questions.put(prefix + "/query", call -> CompletableFuture.completedFuture(shown(null))));
        return questions;
    }

    private CompletionStage<OperatorAnswer> off(OperatorCall call) {
        Set<String> ips = ips(call);
        ClientsOff.Note note = new ClientsOff.Note(
                OperatorAnswers.field(call, "reason").orElse(""), ports.clock().physicalMillis());
        return change(TRIES, before -> before.withOff(ips, note), "off", ips);
    }

    private CompletionStage<OperatorAnswer> on(OperatorCall call) {
        Set<String> ips = ips(call);
        return change(TRIES, before -> before.withOn(ips), "on", ips);
    }

    // A change that finds nothing to do is committed too: sessions may remember a list of an earlier group, which it
    // then ends.
    private CompletionStage<OperatorAnswer> change(
            int tries, UnaryOperator<ClientsOff> edit, String position, Set<String> ips) {
        ClientsOff before = replica.state().clientsOff();
        ClientsOff next = edit.apply(before);
        return ports.log()
                .propose(MetaCodec.encode(new SetClientsOff(before.version(), next.clients())))
                .thenCompose(refusal -> {
                    if (!refusal.isEmpty() && tries > 1) {
                        return change(tries - 1, edit, position, ips);
                    }
                    LOG.info("audit clients {}={} result={}", position, ips, refusal.isEmpty() ? "done" : refusal);
                    return CompletableFuture.completedFuture(
                            refusal.isEmpty()
                                    ? shown(named(ips) + " " + position + " within a second; the list has "
                                            + next.clients().size() + " now")
                                    : OperatorAnswers.refused(OperatorAnswers.CONFLICT, refusal));
                });
    }

    private static String named(Set<String> ips) {
        return ips.size() == 1 ? ips.iterator().next() : ips.size() + " addresses";
    }

    private OperatorAnswer shown(@Nullable String message) {
        Map<String, @Nullable Object> body = OperatorAnswers.body(true, message);
        body.put("data", ClientsOffJson.fields(replica.state().clientsOff()));
        return OperatorAnswers.answer(OperatorAnswers.OK, body);
    }

    private static Set<String> ips(OperatorCall call) {
        Set<String> ips = new LinkedHashSet<>();
        for (String each : OperatorAnswers.required(call, "ips").split(";", -1)) {
            // Classic scripts end their lists with a semicolon.
            if (!each.isBlank()) {
                ips.add(ClientsOff.ip(each));
            }
        }
        if (ips.isEmpty()) {
            throw new IllegalArgumentException("ips names no address; it is like 10.0.0.7;10.0.0.8");
        }
        return ips;
    }
}
