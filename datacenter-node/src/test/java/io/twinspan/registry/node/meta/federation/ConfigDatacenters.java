package io.twinspan.registry.node.meta.federation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.message.CompareProvided;
import io.twinspan.registry.message.OfferProvided;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.runtime.PeerException;
import io.twinspan.registry.simulation.ManualEventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Datacenters with one meta each, in one thread and on manual time, with links that can be cut. */
final class ConfigDatacenters {
    final ManualEventLoop loop = new ManualEventLoop();
    private final Map<DatacenterId, Site> sites = new HashMap<>();
    private final Set<DatacenterId> cut = new HashSet<>();
    private int calls;
    private int entries;

    ConfigDatacenters(String... names) {
        Map<DatacenterId, List<Endpoint>> all = Stream.of(names)
                .map(DatacenterId::new)
                .collect(Collectors.toMap(each -> each, each -> List.of(new Endpoint(each.name(), 9612))));
        all.keySet().forEach(own -> {
            Map<DatacenterId, List<Endpoint>> peers = new HashMap<>(all);
            peers.remove(own);
            sites.put(own, new Site(own, peers));
        });
    }

    void lead() {
        sites.values().forEach(site -> site.federation.onLeadership(true));
        loop.runDue();
    }

    Site site(String name) {
        return java.util.Objects.requireNonNull(sites.get(new DatacenterId(name)));
    }

    /** Nobody reaches this datacenter, and it reaches nobody. */
    void cut(String name) {
        cut.add(new DatacenterId(name));
    }

    void heal() {
        cut.clear();
    }

    /** Calls since the last time. */
    int calls() {
        int counted = calls;
        calls = 0;
        return counted;
    }

    /** Digests that were sent since the last time. */
    int entries() {
        int counted = entries;
        entries = 0;
        return counted;
    }

    void advance(Duration by) {
        loop.advance(by);
    }

    /** One datacenter. */
    final class Site implements LocalConfig, PeerClient {
        final FederatedConfig federation;
        private final DatacenterId own;
        private Map<DataInfoId, ProvidedValue> values = Map.of();

        Site(DatacenterId own, Map<DatacenterId, List<Endpoint>> peers) {
            this.own = own;
            this.federation = new FederatedConfig(
                    new FederationPorts(own, peers, this, loop, loop.clock().hybrid()),
                    FederationSettings.standard(),
                    this);
        }

        /** As an operator does, with the stage that says who has it. */
        CompletableFuture<Map<DatacenterId, String>> put(DataInfoId id, long version, @Nullable String data) {
            ProvidedValue value = new ProvidedValue(id, version, data, 0);
            store(value);
            CompletableFuture<Map<DatacenterId, String>> answer =
                    federation.spread(value).toCompletableFuture();
            loop.runDue();
            return answer;
        }

        void store(ProvidedValue value) {
            Map<DataInfoId, ProvidedValue> next = new HashMap<>(values);
            next.put(value.id(), value);
            values = Map.copyOf(next);
        }

        @Nullable
        String data(DataInfoId id) {
            ProvidedValue value = values.get(id);
            return value == null ? null : value.data();
        }

        long version(DataInfoId id) {
            ProvidedValue value = values.get(id);
            return value == null ? 0 : value.version();
        }

        @Override
        public Map<DataInfoId, ProvidedValue> values() {
            return values;
        }

        @Override
        public CompletionStage<Void> adopt(List<ProvidedValue> offered, DatacenterId from, String by) {
            for (ProvidedValue value : new ArrayList<>(offered)) {
                if (version(value.id()) < value.version()) {
                    store(value);
                }
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        @SuppressWarnings("unchecked") // the answer's type follows from the request's
        public <R> CompletionStage<R> call(Endpoint to, Request<R> request, Duration timeout) {
            calls++;
            DatacenterId asked = new DatacenterId(to.host());
            if (cut.contains(asked) || cut.contains(own)) {
                return CompletableFuture.failedFuture(new PeerException(to + " cannot be reached"));
            }
            FederatedConfig other = site(to.host()).federation;
            if (request instanceof OfferProvided offer) {
                return (CompletionStage<R>) other.onOffer(offer);
            }
            CompareProvided question = (CompareProvided) request;
            entries += question.entries().size();
            return (CompletionStage<R>) CompletableFuture.completedFuture(other.onCompare(question));
        }
    }
}
