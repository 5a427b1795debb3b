package io.twinspan.registry.sync.fetch;

import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.digest.DigestEntry;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.DatumAnswer;
import io.twinspan.registry.message.DatumAnswers;
import io.twinspan.registry.message.DatumQuery;
import io.twinspan.registry.message.Done;
import io.twinspan.registry.message.FetchCluster;
import io.twinspan.registry.message.FetchDatums;
import io.twinspan.registry.message.RaiseVersion;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.runtime.PeerClient;
import io.twinspan.registry.runtime.PeerException;
import io.twinspan.registry.simulation.SlotTables;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import io.twinspan.registry.sync.SteppedLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A fetcher on stepped time, with a peer of one node or two that answer as the test says. */
final class FetchBench implements PeerClient, FetchedSegment {
    static final DatacenterId EAST = new DatacenterId("east");
    static final Incarnation LIFE = new Incarnation(1, 1);

    final SteppedLoop loop = new SteppedLoop();
    final List<FetchDatums> fetches = new ArrayList<>();
    final List<RaiseVersion> raises = new ArrayList<>();
    final List<DigestEntry> corrections = new ArrayList<>();
    final Map<DataInfoId, Datum> held = new HashMap<>();
    final DatumFetcher fetcher;
    Function<DatumQuery, DatumAnswer> answers = query -> DatumAnswer.warming(EAST, query.id());
    Function<List<DatumQuery>, Function<DatumQuery, DatumAnswer>> byRequest = queries -> answers;
    Leadership namedBy = leadership(1);
    boolean isDown;
    /** These let every request wait for its time limit. */
    final Set<Endpoint> silent = new HashSet<>();

    private final List<NodeId> nodes;

    FetchBench(GuardSettings guard) {
        this(guard, 1);
    }

    FetchBench(GuardSettings guard, int count) {
        nodes = IntStream.rangeClosed(1, count)
                .mapToObj(number -> new NodeId("east-" + number))
                .toList();
        FetchPacing pacing = new FetchPacing(
                256,
                4,
                Duration.ofSeconds(3),
                Duration.ofMillis(100),
                Duration.ofMillis(100),
                Duration.ofSeconds(5),
                guard,
                new Random(1));
        PeerClusters clusters = new PeerClusters(EAST, List.of(new Endpoint("127.0.0.1", 9612)), this, loop, pacing);
        this.fetcher = new DatumFetcher(this, clusters, this, loop, pacing);
    }

    static Leadership leadership(long term) {
        return new Leadership(LIFE, new LeaderEpoch(term * LeaderEpoch.RANKS));
    }

    static DatumVersion version(long millis) {
        return new DatumVersion(Stamp.atMillis(Stamp.EPOCH_MILLIS + millis).value());
    }

    static DigestEntry entry(String service, long millis) {
        return DigestEntry.of(datum(service, millis));
    }

    static Datum datum(String service, long millis) {
        Publisher publisher = new Publisher(
                RegistrationId.ofSofa("1"),
                new RegistrationOrder(1, Stamp.ZERO),
                new Owner(new SessionIncarnation(new NodeId("s"), 1), 1),
                "",
                "",
                "127.0.0.1:50000",
                List.of("127.0.0.1:" + millis));
        return Datum.of(EAST, DataInfoId.of(service), version(millis), List.of(publisher), List.of());
    }

    static DatumAnswer answer(DatumQuery query, long millis, Leadership by) {
        return DatumAnswer.of(datum(query.id().dataId(), millis), query.known(), true)
                .by(new DatumAnswer.Word(by, 0));
    }

    void pass(Duration duration) {
        loop.advance(duration);
    }

    @Override
    public <R> CompletionStage<R> call(Endpoint to, Request<R> request, Duration timeout) {
        CompletableFuture<R> answer = new CompletableFuture<>();
        @SuppressWarnings("unchecked") // answer() gives each request its own kind of answer
        Runnable reply = () -> answer.complete((R) answer(request));
        if (silent.contains(to)) {
            loop.schedule(timeout, () -> answer.completeExceptionally(new PeerException("silent")));
        } else if (isDown && request instanceof FetchDatums fetch) {
            fetches.add(fetch);
            answer.completeExceptionally(new PeerException("down"));
        } else {
            reply.run();
        }
        return answer;
    }

    private SlotTable table() {
        return SlotTables.ledBy(SlotTable.EMPTY, LIFE, nodes);
    }

    private Endpoint endpoint(NodeId node) {
        return new Endpoint("127.0.0.1", 9621 + nodes.indexOf(node));
    }

    /** The node that leads a service. */
    Endpoint leaderOf(String service) {
        return endpoint(
                table().find(SlotId.of(DataInfoId.of(service))).orElseThrow().leader());
    }

    private Object answer(Request<?> request) {
        if (request instanceof FetchCluster) {
            SlotTable table = table();
            return new ClusterState(
                    EAST,
                    table,
                    1,
                    nodes.stream()
                            .map(node -> new Member(
                                    node, EAST, NodeRole.DATA, Map.of(NodePort.DATA_FOR_DATA, endpoint(node)), 1))
                            .toList());
        }
        if (request instanceof FetchDatums fetch) {
            fetches.add(fetch);
            return new DatumAnswers(fetch.queries().stream()
                    .map(byRequest.apply(fetch.queries()))
                    .toList());
        }
        if (request instanceof RaiseVersion raise) {
            raises.add(raise);
        }
        return Done.DONE;
    }

    @Override
    public DatacenterId peer() {
        return EAST;
    }

    @Override
    public Leadership namedBy(DataInfoId id) {
        return namedBy;
    }

    @Override
    public Optional<DigestEntry> announced(DataInfoId id) {
        return Optional.empty();
    }

    @Override
    public void corrected(DigestEntry entry, Leadership by) {
        corrections.add(entry);
    }

    @Override
    public DatumVersion held(DataInfoId id) {
        Datum datum = held.get(id);
        return datum == null ? DatumVersion.NONE : datum.version();
    }

    @Override
    public boolean isHeldEmpty(DataInfoId id) {
        Datum datum = held.get(id);
        return datum != null && datum.count() == 0;
    }

    @Override
    public void install(Datum datum) {
        held.put(datum.id(), datum);
    }

    @Override
    public void confirmed(DataInfoId id, DatumVersion version) {}
}
