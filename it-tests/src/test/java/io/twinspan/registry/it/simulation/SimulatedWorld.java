package io.twinspan.registry.it.simulation;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.node.session.SegmentPush;
import io.twinspan.registry.simulation.ManualClock;
import io.twinspan.registry.simulation.Seed;
import io.twinspan.registry.simulation.SimulatedNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;

/** One to three datacenters with their clients, all on one clock and one seed. */
final class SimulatedWorld {
    private final Seed seed;
    private final Tampering tampering;
    private final WorldSettings settings;
    private final ManualClock time = new ManualClock();
    private final SimulatedNetwork network;
    private final Coverage coverage = new Coverage(time);
    private final Map<DatacenterId, List<SimulatedNode>> nodes = new LinkedHashMap<>();
    private final List<LiteralClient> clients = new ArrayList<>();
    private final Map<DatacenterId, RaftGroup> metaGroups = new HashMap<>();
    private final List<Operator> operators = new ArrayList<>();
    private final Map<String, Publication> byRegistId = new HashMap<>();
    private final Map<String, SimulatedNode> byName = new HashMap<>();
    private final List<SimulatedNode> all;
    private final Climate climate;
    private final Checks checks;
    private final Straits straits;
    private final FarFaults farFaults;
    private BooleanSupplier isCalm = () -> true;
    private BiConsumer<SimulatedEdge, SegmentPush> pushes = (edge, push) -> {};

    SimulatedWorld(Seed seed, Tampering tampering) {
        this.seed = seed;
        this.tampering = tampering;
        this.settings = tampering.settings(WorldSettings.standard());
        this.network = new SimulatedNetwork(time, seed.random("network"));
        this.checks = new Checks(this);
        network.tap(tampering.tap());
        checks.taps().forEach(network::tap);
        Random random = seed.random("layout");
        this.climate = tampering.climate(Climate.of(seed));
        boolean hasPeer = climate == Climate.ISLAND || climate == Climate.FEDERATION || random.nextInt(3) == 0;
        for (String name : hasPeer ? names() : List.of("east")) {
            nodes.put(new DatacenterId(name), List.of());
        }
        nodes.replaceAll((datacenter, none) -> layout(datacenter, random));
        this.all = nodes.values().stream().flatMap(List::stream).toList();
        all.forEach(each -> byName.put(each.name(), each));
        nodes.keySet()
                .forEach(each -> metaGroups.put(
                        each, new RaftGroup(tampering, checks::onElected, metas(each, NodePort.META_RAFT))));
        nodes.keySet().forEach(each -> operators.add(new Operator(this, each)));
        this.straits = new Straits(this);
        this.farFaults = new FarFaults(this);
        farFaults.begin();
        allNodes().stream().filter(each -> !isLate(each)).forEach(SimulatedNode::start);
    }

    /** Where by the seed two datacenters suffer at once there is a third, which has to stay well. */
    private List<String> names() {
        boolean isThree = climate == Climate.FEDERATION
                && (seed.random("federation").nextInt(3) == 0
                        || FarFaults.kinds(seed.random("far faults"), Tampering.NONE)
                                .contains(FarFault.LEADERS_CHANGE_IN_A_PULL));
        return isThree ? List.of("east", "west", "north") : List.of("east", "west");
    }

    /** True for a node that joins only later. */
    private boolean isLate(SimulatedNode node) {
        return climate == Climate.GROWING && node.name().endsWith("-n2");
    }

    /**
     * A meta group of one or of three, where the metas can be lost alone if the climate is to be without them. Beside three that
     * are apart there are three data nodes, too, in half of the worlds.
     */
    private List<SimulatedNode> layout(DatacenterId datacenter, Random random) {
        boolean isThree = random.nextBoolean();
        int kind = switch (climate) {
            case HEADLESS, FEDERATION -> 1 + random.nextInt(2);
            case GROWING -> 2;
            default -> random.nextInt(isThree ? 4 : 3);
        };
        if (kind == 3) {
            return List.of(integrated(datacenter, "n1"), integrated(datacenter, "n2"), integrated(datacenter, "n3"));
        }
        List<SimulatedNode> all = new ArrayList<>(layout(datacenter, kind));
        if (isThree) {
            all.add(node(datacenter, "m2", NodeRole.META));
            all.add(node(datacenter, "m3", NodeRole.META));
        }
        if (isThree && kind == 1 && seed.random("data nodes of " + datacenter).nextBoolean()) {
            all.add(node(datacenter, "d2", NodeRole.DATA));
            all.add(node(datacenter, "d3", NodeRole.DATA));
        }
        return List.copyOf(all);
    }

    private SimulatedNode integrated(DatacenterId datacenter, String name) {
        return node(datacenter, name, NodeRole.META, NodeRole.DATA, NodeRole.SESSION);
    }

    private List<SimulatedNode> layout(DatacenterId datacenter, int kind) {
        return switch (kind) {
            case 0 -> List.of(integrated(datacenter, "all"), node(datacenter, "s2", NodeRole.SESSION));
            case 1 ->
                List.of(
                        node(datacenter, "m1", NodeRole.META),
                        node(datacenter, "d1", NodeRole.DATA),
                        node(datacenter, "s1", NodeRole.SESSION),
                        node(datacenter, "s2", NodeRole.SESSION));
            default ->
                List.of(
                        node(datacenter, "m1", NodeRole.META),
                        node(datacenter, "n1", NodeRole.DATA, NodeRole.SESSION),
                        node(datacenter, "n2", NodeRole.DATA, NodeRole.SESSION));
        };
    }

    private SimulatedNode node(DatacenterId datacenter, String name, NodeRole... roles) {
        return new SimulatedNode(this, datacenter, name, EnumSet.copyOf(List.of(roles)));
    }

    Seed seed() {
        return seed;
    }

    Tampering tampering() {
        return tampering;
    }

    WorldSettings settings() {
        return settings;
    }

    ManualClock time() {
        return time;
    }

    SimulatedNetwork network() {
        return network;
    }

    /** The ways between datacenters, and their brokers. */
    Straits straits() {
        return straits;
    }

    FarFaults farFaults() {
        return farFaults;
    }

    Coverage coverage() {
        return coverage;
    }

    /** True for a datacenter whose sessions, data nodes and what is between them are well all the time, and stay as they are. */
    boolean isGentle(DatacenterId datacenter) {
        return climate.isGentle() || (climate == Climate.FEDERATION && !farFaults.isTroubled(datacenter));
    }

    /** A datacenter begins anew on empty disks: what its metas had promised died with them. */
    void onRebuilt(DatacenterId datacenter) {
        metaGroups.put(datacenter, new RaftGroup(tampering, checks::onElected, metas(datacenter, NodePort.META_RAFT)));
        operator(datacenter).forget();
    }

    /** Every way within the datacenters is open again. */
    void healNetwork() {
        network.heal();
        straits.enforce();
    }

    Checks checks() {
        return checks;
    }

    Set<DatacenterId> datacenters() {
        return nodes.keySet();
    }

    List<DatacenterId> peersOf(DatacenterId own) {
        return nodes.keySet().stream().filter(each -> !each.equals(own)).toList();
    }

    List<SimulatedNode> nodes(DatacenterId datacenter) {
        return nodes.getOrDefault(datacenter, List.of());
    }

    List<SimulatedNode> allNodes() {
        return all;
    }

    List<SimulatedNode> sessions(DatacenterId datacenter) {
        return nodes(datacenter).stream()
                .filter(node -> node.has(NodeRole.SESSION))
                .toList();
    }

    /** Data nodes of which one can be lost alone while its slots have two replicas each on the others; else none. */
    List<SimulatedNode> spareData(DatacenterId datacenter) {
        List<SimulatedNode> all = nodes(datacenter).stream()
                .filter(node -> node.has(NodeRole.DATA) && !node.has(NodeRole.META) && !node.has(NodeRole.SESSION))
                .toList();
        return all.size() > 2 ? all : List.of();
    }

    List<Endpoint> metas(DatacenterId datacenter, NodePort port) {
        return nodes(datacenter).stream()
                .filter(node -> node.has(NodeRole.META))
                .map(node -> node.endpoint(port))
                .toList();
    }

    /** What kinds of faults there are. */
    Climate climate() {
        return climate;
    }

    RaftGroup metaGroup(DatacenterId datacenter) {
        RaftGroup group = metaGroups.get(datacenter);
        if (group == null) {
            throw new IllegalArgumentException("there is no datacenter " + datacenter);
        }
        return group;
    }

    /** The node that answers there. */
    Optional<SimulatedNode> findNode(Endpoint endpoint) {
        return Optional.ofNullable(byName.get(endpoint.host()));
    }

    /** The name of the service that only publishers of this datacenter offer, and that nobody touches. */
    static DataInfoId still(DatacenterId datacenter) {
        return DataInfoId.of("still-" + datacenter);
    }

    /** The datacenter that such a service belongs to. */
    Optional<DatacenterId> stillDatacenter(DataInfoId service) {
        return nodes.keySet().stream()
                .filter(each -> still(each).equals(service))
                .findFirst();
    }

    LiteralClient client(DatacenterId datacenter) {
        LiteralClient made = new LiteralClient(this, datacenter, datacenter + "-c" + clients.size());
        clients.add(made);
        return made;
    }

    /** One at each datacenter. */
    List<Operator> operators() {
        return operators;
    }

    Operator operator(DatacenterId datacenter) {
        return operators.stream()
                .filter(each -> each.datacenter().equals(datacenter))
                .findFirst()
                .orElseThrow();
    }

    List<LiteralClient> clients() {
        return clients;
    }

    /** The publisher object that offers, or once offered, this address. */
    Optional<Publication> findPublication(String address) {
        return Optional.ofNullable(byRegistId.get(address.substring(0, address.indexOf('/'))));
    }

    void onPublication(Publication made) {
        byRegistId.put(made.registId(), made);
    }

    List<Publication> publications() {
        return clients.stream()
                .flatMap(client -> client.publications().stream())
                .toList();
    }

    List<Subscription> subscriptions() {
        return clients.stream()
                .filter(client -> !client.isStopped())
                .flatMap(client -> client.subscriptions().stream())
                .toList();
    }

    /** False while anything is broken, and for a while after. */
    boolean isCalm() {
        return isCalm.getAsBoolean();
    }

    void calm(BooleanSupplier test) {
        isCalm = test;
    }

    /** Told of each push that starts. */
    BiConsumer<SimulatedEdge, SegmentPush> pushes() {
        return pushes;
    }

    void onPush(BiConsumer<SimulatedEdge, SegmentPush> listener) {
        pushes = listener;
    }

    void pass(Duration by) {
        time.advance(by);
    }
}
