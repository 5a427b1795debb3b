package io.twinspan.registry.node;

import io.twinspan.registry.acvip.domain.ResolverSettings;
import io.twinspan.registry.acvip.health.HealthSettings;
import io.twinspan.registry.config.KafkaCluster;
import io.twinspan.registry.config.NodePorts;
import io.twinspan.registry.config.PeerDatacenter;
import io.twinspan.registry.config.Topology;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.node.bolt.ProxySettings;
import io.twinspan.registry.node.data.DataSettings;
import io.twinspan.registry.node.data.ForeignSettings;
import io.twinspan.registry.node.resolver.NodeResolver;
import io.twinspan.registry.sync.kafka.TopicSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The keys under {@code twinspan} in a node's configuration file. A key that is not listed here is refused at start, because a
 * misspelt setting that is silently ignored is found in the middle of the night.
 *
 * @param datacenter name of this datacenter
 * @param roles any of meta, data, session; or resolver, by itself
 * @param home folder of everything this node keeps: its id, raft log, snapshots
 * @param logs folder of the log files
 * @param bind address to listen on
 * @param advertise host that others are told; {@code bind} when absent
 * @param portOffset added to every default port
 * @param ports single ports by name, for example {@code session-client}
 * @param advertised addresses by port name that others are told, {@code host:port}
 * @param kafka bootstrap servers of the cluster this datacenter announces in
 * @param kafkaClient how to be let in there
 * @param kafkaTopics how topics of our own are made
 * @param meta hosts of this datacenter's metas
 * @param peers the other datacenters
 * @param membership lease times of meta, and how it assigns slots
 * @param data slot life of the data role
 * @param session what clients are told and how they are bounded
 * @param sync bounds of the sync with peers
 * @param federation name that all datacenters of the federation share; domains of the resolver end with it
 * @param resolver who is told which addresses
 * @param failover what is done outside of the registry in a failover to this datacenter; the same on all its metas
 */
@ConfigurationProperties(prefix = "twinspan", ignoreUnknownFields = false)
record NodeProperties(
        String datacenter,
        @DefaultValue({"meta", "data", "session"}) List<String> roles,
        Path home,
        @Nullable Path logs,
        @DefaultValue("127.0.0.1") String bind,
        @Nullable String advertise,
        @DefaultValue("0") int portOffset,
        @DefaultValue Map<String, Integer> ports,
        @DefaultValue Map<String, String> advertised,
        @DefaultValue("") String kafka,
        @DefaultValue KafkaClient kafkaClient,
        @DefaultValue KafkaTopics kafkaTopics,
        @DefaultValue List<String> meta,
        @DefaultValue List<Peer> peers,
        @DefaultValue Membership membership,
        @DefaultValue Data data,
        @DefaultValue Session session,
        @DefaultValue SyncProperties sync,
        @DefaultValue("twinspan") String federation,
        @DefaultValue Resolver resolver,
        @DefaultValue FailoverProperties failover) {

    /** Not 53, which needs rights and is taken on most machines. */
    private static final int DNS_PORT = 9653;

    /**
     * One entry of {@code peers}.
     *
     * @param kafkaClient how to be let into its cluster; ours when it announces in our own
     */
    record Peer(String datacenter, String kafka, @Nullable KafkaClient kafkaClient, List<String> meta) {}

    /**
     * Keys under {@code kafka-client}: properties of Kafka's own clients that say how a connection is made.
     *
     * @param secrets file with more of them, for what is not to stand in this one
     */
    record KafkaClient(
            @DefaultValue Map<String, String> properties,
            @Nullable Path secrets) {
        KafkaCluster cluster(String bootstrap) {
            KafkaCluster cluster = new KafkaCluster(bootstrap, properties);
            return secrets == null ? cluster : cluster.withSecrets(secrets);
        }

        @Override
        public String toString() {
            return "KafkaClient[properties=" + properties.keySet() + ", secrets=" + secrets + "]";
        }
    }

    /**
     * Keys under {@code kafka-topics}.
     *
     * @param replicationFactor of topics that are made; 0 leaves it to the cluster
     * @param retention how long announcements are kept, for readers that were away for a moment
     */
    record KafkaTopics(
            @DefaultValue("0") int replicationFactor,
            @DefaultValue("1h") Duration retention) {
        TopicSettings settings() {
            return TopicSettings.standard().with(replicationFactor, retention);
        }
    }

    /** Keys under {@code membership}. */
    record Membership(
            @DefaultValue("10s") Duration lease,
            @DefaultValue("60s") Duration dataAbsence,
            @DefaultValue("2s") Duration promotion,
            @DefaultValue("2") int replicas) {}

    /**
     * Keys under {@code data}.
     *
     * @param foreign how peers' datums are kept and shown
     * @param replication how followers are kept up to date
     */
    record Data(
            @DefaultValue("15s") Duration warmingEarliest,
            @DefaultValue("10s") Duration warmingQuiet,
            @DefaultValue("60s") Duration warmingLatest,
            @DefaultValue("30s") Duration sessionLease,
            @DefaultValue("10m") Duration quarantineBound,
            @DefaultValue Foreign foreign,
            @DefaultValue Replication replication) {}

    /** Keys under {@code data.foreign}; what they mean stands with {@link ForeignSettings}. */
    record Foreign(
            @DefaultValue("60s") Duration staleAfter,
            @DefaultValue("24h") Duration bound,
            @DefaultValue("8MB") DataSize answerBytes,
            @DefaultValue("48MB") DataSize aloneBytes) {
        ForeignSettings settings() {
            return new ForeignSettings(
                    staleAfter, bound, Math.toIntExact(answerBytes.toBytes()), Math.toIntExact(aloneBytes.toBytes()));
        }
    }

    /** Keys under {@code data.replication}; what they mean stands with {@link DataSettings.Replication}. */
    record Replication(
            @DefaultValue("3s") Duration timeout,
            @DefaultValue("200ms") Duration retry,
            @DefaultValue("20000") int mostInCall,
            @DefaultValue("100000") int mostWaiting,
            @DefaultValue("30s") Duration auditEvery,
            @DefaultValue("1s") Duration currentWithin,
            @DefaultValue("500ms") Duration beat,
            @DefaultValue("3s") Duration promotion,
            @DefaultValue("2s") Duration giveUp) {
        DataSettings.Replication settings() {
            return new DataSettings.Replication(
                    timeout, retry, mostInCall, mostWaiting, auditEvery, currentWithin, beat, promotion, giveUp);
        }
    }

    /**
     * Keys under {@code session}.
     *
     * @param crowdKeep how long the registrations of many connections that close at once stay listed
     * @param rebalance whether a session with more clients than its share sends some to the others
     * @param dataConnections kept to each data node
     * @param httpReaders most that read services over HTTP at one time
     * @param firstListWhileClosed whether a client that starts while push is closed gets a first list
     * @param proxyPort where streams are taken that begin with a PROXY header, as agents forward them; 0 takes none
     * @param proxySenders addresses or ranges of those who may name any client there; others may name only themselves
     */
    record Session(
            @DefaultValue("DEFAULT_ZONE") String zone,
            @DefaultValue("30s") Duration crowdKeep,
            @DefaultValue("true") boolean rebalance,
            @DefaultValue("10") int dataConnections,
            @DefaultValue("1000") int httpReaders,
            @DefaultValue("true") boolean firstListWhileClosed,
            @DefaultValue("0") int proxyPort,
            @DefaultValue List<String> proxySenders) {
        ProxySettings proxy() {
            return ProxySettings.of(proxyPort, proxySenders);
        }
    }

    /**
     * Keys under {@code resolver}.
     *
     * @param dnsPort where DNS is answered, UDP and TCP; 0 for nowhere; 9653 and the offset when absent
     * @param checkLocal whether health checks of Vips may go to loopback and link-local addresses
     * @param standalone {@code host:port} of resolvers of this datacenter that are processes of their own
     */
    record Resolver(
            @Nullable Integer dnsPort,
            @DefaultValue("false") boolean checkLocal,
            @DefaultValue List<String> standalone) {}

    /** Says which key is missing; the other keys have defaults. */
    NodeProperties {
        require("datacenter", datacenter, "give this datacenter a name");
        require("home", home, "name the folder where this node keeps its data");
    }

    Topology topology() {
        List<String> hosts = meta.isEmpty() ? List.of(advertisedHost()) : meta;
        KafkaCluster own = kafkaClient.cluster(kafka);
        return new Topology(
                new DatacenterId(datacenter),
                own,
                hosts,
                peers.stream()
                        .map(peer -> new PeerDatacenter(
                                new DatacenterId(peer.datacenter()),
                                cluster(own, peer),
                                peer.meta().stream().map(Endpoint::parse).toList()))
                        .toList());
    }

    NodePorts nodePorts() {
        Map<NodePort, Integer> numbers = new EnumMap<>(NodePort.class);
        ports.forEach((name, number) -> numbers.put(port("ports", name), number));
        Map<NodePort, Endpoint> told = new EnumMap<>(NodePort.class);
        advertised.forEach((name, address) -> told.put(port("advertised", name), Endpoint.parse(address)));
        return new NodePorts(bind, advertisedHost(), portOffset, numbers, told);
    }

    NodeResolver.Settings resolverSettings() {
        Integer given = resolver.dnsPort();
        int dns = given == null ? DNS_PORT + portOffset : given;
        return new NodeResolver.Settings(
                ResolverSettings.standard(federation),
                HealthSettings.standard().withLocal(resolver.checkLocal()),
                resolver.standalone().stream().map(Endpoint::parse).toList(),
                dns == 0 ? Optional.empty() : Optional.of(new Endpoint(bind, dns)));
    }

    /** True for a node that only resolves. */
    boolean isResolver() {
        return roles.stream()
                .map(each -> each.toLowerCase(Locale.ROOT))
                .toList()
                .equals(List.of("resolver"));
    }

    Set<NodeRole> nodeRoles() {
        Set<NodeRole> set = EnumSet.noneOf(NodeRole.class);
        if (isResolver()) {
            return set;
        }
        for (String role : roles) {
            try {
                set.add(NodeRole.valueOf(role.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException unknown) {
                throw new IllegalArgumentException(
                        "twinspan.roles: '" + role
                                + "' is no role; take any of meta, data, session, or resolver by itself",
                        unknown);
            }
        }
        if (set.isEmpty()) {
            throw new IllegalArgumentException("twinspan.roles: name at least one of meta, data, session");
        }
        return set;
    }

    private static KafkaCluster cluster(KafkaCluster own, Peer peer) {
        if (peer.kafkaClient() != null) {
            return peer.kafkaClient().cluster(peer.kafka());
        }
        return peer.kafka().equals(own.bootstrap()) ? own : KafkaCluster.open(peer.kafka());
    }

    // The binder hands null for an absent key, whatever the type says.
    private static void require(String key, @Nullable Object value, String advice) {
        if (value == null || value.toString().isBlank()) {
            throw new IllegalArgumentException(key + " is missing; " + advice);
        }
    }

    private String advertisedHost() {
        return advertise == null ? bind : advertise;
    }

    private static NodePort port(String key, String name) {
        for (NodePort port : NodePort.values()) {
            if (port.configName().equals(name)) {
                return port;
            }
        }
        throw new IllegalArgumentException("twinspan." + key + ": there is no port '" + name + "'; the names are "
                + List.of(NodePort.values()).stream().map(NodePort::configName).toList());
    }
}
