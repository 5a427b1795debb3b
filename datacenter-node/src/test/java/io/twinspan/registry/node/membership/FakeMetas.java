package io.twinspan.registry.node.membership;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.FetchClientsOff;
import io.twinspan.registry.message.FetchCluster;
import io.twinspan.registry.message.FetchPolicies;
import io.twinspan.registry.message.FetchProvided;
import io.twinspan.registry.message.FetchPushSwitch;
import io.twinspan.registry.message.LeaseGrant;
import io.twinspan.registry.message.ProvidedChanges;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.message.RenewLease;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.policy.ClientsOff;
import io.twinspan.registry.policy.PolicyTable;
import io.twinspan.registry.pushswitch.PushSwitch;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.runtime.PeerException;
import io.twinspan.registry.runtime.RequestDispatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Two metas that know the same. */
final class FakeMetas implements PeerClient {
    final List<String> calls = new ArrayList<>();
    final List<Endpoint> down = new ArrayList<>();
    final List<Endpoint> refusing = new ArrayList<>();
    final List<ProvidedValue> provided = new ArrayList<>();
    ClusterState cluster;
    boolean isMandated;
    int mostProvided = Integer.MAX_VALUE;
    PolicyTable policies = PolicyTable.EMPTY;
    ClientsOff clientsOff = ClientsOff.NONE;
    PushSwitch push = PushSwitch.OPEN;
    long obeyed;

    private final Caller caller;
    private final RequestDispatcher dispatcher = new RequestDispatcher()
            .on(RenewLease.class, (request, caller) -> {
                obeyed = request.pushVersion();
                return CompletableFuture.completedFuture(grant());
            })
            .on(FetchPushSwitch.class, (request, caller) -> CompletableFuture.completedFuture(push))
            .on(FetchPolicies.class, (request, caller) -> CompletableFuture.completedFuture(policies))
            .on(FetchClientsOff.class, (request, caller) -> CompletableFuture.completedFuture(clientsOff))
            .on(FetchCluster.class, (request, caller) -> CompletableFuture.completedFuture(cluster))
            .on(FetchProvided.class, (request, caller) -> CompletableFuture.completedFuture(changes(request)));

    FakeMetas(Member asking) {
        caller = new Caller(asking.datacenter(), asking.node(), asking.role());
        cluster = ClusterState.unknown(asking.datacenter());
    }

    @Override
    public <R> CompletionStage<R> call(Endpoint to, Request<R> request, Duration timeout) {
        calls.add(request.getClass().getSimpleName() + "@" + to.host());
        if (down.contains(to)) {
            return CompletableFuture.failedFuture(new PeerException(to + " is down"));
        }
        if (refusing.contains(to) && request instanceof RenewLease) {
            return dispatcherOf(LeaseGrant.refused("this meta does not lead")).dispatch(request, caller);
        }
        return dispatcher.dispatch(request, caller);
    }

    private static RequestDispatcher dispatcherOf(LeaseGrant answer) {
        return new RequestDispatcher()
                .on(RenewLease.class, (request, caller) -> CompletableFuture.completedFuture(answer));
    }

    private LeaseGrant grant() {
        return new LeaseGrant(
                true,
                "",
                cluster.table().epoch(),
                cluster.membersRevision(),
                revision(),
                policies.version(),
                push.version(),
                0,
                clientsOff.version(),
                isMandated,
                null);
    }

    private ProvidedChanges changes(FetchProvided request) {
        List<ProvidedValue> asked = provided.stream().filter(request::asksFor).toList();
        int given = Math.min(mostProvided, asked.size());
        return new ProvidedChanges(revision(), asked.subList(0, given), given < asked.size());
    }

    private long revision() {
        return provided.stream().mapToLong(ProvidedValue::revision).max().orElse(0);
    }
}
