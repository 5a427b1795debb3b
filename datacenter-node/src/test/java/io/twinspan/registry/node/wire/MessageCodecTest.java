package io.twinspan.registry.node.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.twinspan.registry.clock.Stamp;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.datum.ChangeOutcome;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.DatumChange;
import io.twinspan.registry.datum.DatumKey;
import io.twinspan.registry.datum.DatumPatch;
import io.twinspan.registry.datum.DatumVersion;
import io.twinspan.registry.datum.Owner;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.RegistrationId;
import io.twinspan.registry.datum.RegistrationOrder;
import io.twinspan.registry.datum.RemovalCause;
import io.twinspan.registry.datum.SessionIncarnation;
import io.twinspan.registry.datum.Tombstone;
import io.twinspan.registry.digest.ReplicaDigest;
import io.twinspan.registry.federation.Duty;
import io.twinspan.registry.federation.FederationState;
import io.twinspan.registry.message.ApplyChanges;
import io.twinspan.registry.message.ChangeResult;
import io.twinspan.registry.message.ChangesApplied;
import io.twinspan.registry.message.ClusterState;
import io.twinspan.registry.message.DatumNotice;
import io.twinspan.registry.message.DatumQuery;
import io.twinspan.registry.message.DatumWord;
import io.twinspan.registry.message.DatumsChanged;
import io.twinspan.registry.message.Done;
import io.twinspan.registry.message.DropInterest;
import io.twinspan.registry.message.FetchCluster;
import io.twinspan.registry.message.FetchDatums;
import io.twinspan.registry.message.FetchLiveSessions;
import io.twinspan.registry.message.FetchMetaGroup;
import io.twinspan.registry.message.FetchProvided;
import io.twinspan.registry.message.FetchSessionLoad;
import io.twinspan.registry.message.Interest;
import io.twinspan.registry.message.LeadByRank;
import io.twinspan.registry.message.LeaseGrant;
import io.twinspan.registry.message.LedByRank;
import io.twinspan.registry.message.LiveSessions;
import io.twinspan.registry.message.MetaGroup;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.message.ProvidedChanges;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.message.RaiseVersion;
import io.twinspan.registry.message.RegistrationChange;
import io.twinspan.registry.message.RenewLease;
import io.twinspan.registry.message.RenewSession;
import io.twinspan.registry.message.ReplicaAnswer;
import io.twinspan.registry.message.ReplicaContent;
import io.twinspan.registry.message.ReplicaHead;
import io.twinspan.registry.message.ReplicaHolding;
import io.twinspan.registry.message.ReplicaUpdate;
import io.twinspan.registry.message.ReplicasUpdated;
import io.twinspan.registry.message.Request;
import io.twinspan.registry.message.SessionDifferences;
import io.twinspan.registry.message.SessionLoad;
import io.twinspan.registry.message.SessionSlotDigest;
import io.twinspan.registry.message.SlotReport;
import io.twinspan.registry.message.SyncInterest;
import io.twinspan.registry.message.SyncPublishers;
import io.twinspan.registry.message.UpdateReplicas;
import io.twinspan.registry.node.wire.proto.RequestEnvelope;
import io.twinspan.registry.runtime.Caller;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Leadership;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageCodecTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final NodeId NODE = new NodeId("node-1");
    private static final Caller CALLER = new Caller(EAST, NODE, NodeRole.DATA);
    private static final Stamp CLOCK = Stamp.atMillis(1_800_000_000_000L);
    private static final DataInfoId SERVICE = new DataInfoId("com.example.Ünï:1.0@DEFAULT", "tenant", "SOFA");
    private static final SessionIncarnation SESSION = new SessionIncarnation(NODE, CLOCK.value());
    private static final Owner OWNER = new Owner(SESSION, 42);
    private static final RegistrationOrder ORDER = new RegistrationOrder(-3, CLOCK.nextTick());
    private static final Publisher PUBLISHER = new Publisher(
            RegistrationId.ofSofa("5f0c"),
            ORDER,
            OWNER,
            "DEFAULT_ZONE",
            "app",
            "10.0.0.1:55",
            List.of("10.0.0.1:12200?w=1", ""),
            1_800_000_000_000L,
            1_800_000_000_002L);
    private static final Tombstone TOMBSTONE =
            new Tombstone(RegistrationId.ofSofa("gone"), ORDER, 1_800_000_000_001L, true);
    private static final DatumVersion VERSION = new DatumVersion(Long.MAX_VALUE);
    private static final Member MEMBER = ClusterSamples.MEMBER;
    private static final SlotTable TABLE = ClusterSamples.TABLE;
    private static final ReplicaHead HEAD = new ReplicaHead(new SlotId(3), new LeaderEpoch(17), 5, 6, VERSION);
    private static final DatumKey KEY = new DatumKey(EAST, SERVICE);
    private static final DatumWord WORD = new DatumWord(KEY, 5);

    private static DatumPatch patch() {
        return DatumPatch.of(datum(), List.of(PUBLISHER.id(), TOMBSTONE.id(), RegistrationId.ofSofa("nothing")));
    }

    private static Datum datum() {
        return Datum.of(EAST, SERVICE, VERSION, List.of(PUBLISHER), List.of(TOMBSTONE))
                .following(Map.of(new DatacenterId("west"), VERSION));
    }

    static Stream<Request<?>> requests() {
        return Stream.concat(
                Stream.concat(ConfigSamples.requests(), MoveSamples.requests()),
                SyncSamples.withRequests(
                        new RenewLease(
                                MEMBER,
                                List.of(new SlotReport(
                                        new SlotId(3),
                                        new LeaderEpoch(17),
                                        true,
                                        List.of(new SlotReport.Follower(NODE, true, 5)))),
                                false,
                                8,
                                null,
                                FederationState.NONE.next(EAST, Map.of(EAST, Duty.ACTIVE))),
                        new FetchCluster(),
                        new FetchProvided(9, SERVICE, 1_000),
                        new ApplyChanges(
                                SESSION,
                                List.of(
                                        new RegistrationChange(SERVICE, new DatumChange.Register(PUBLISHER)),
                                        new RegistrationChange(
                                                SERVICE,
                                                new DatumChange.Unregister(PUBLISHER.id(), ORDER, OWNER, true)),
                                        new RegistrationChange(
                                                SERVICE,
                                                new DatumChange.Remove(
                                                        PUBLISHER.id(), OWNER, RemovalCause.CLOSED_BY_NODE)))),
                        new ApplyChanges(
                                SESSION,
                                Stream.of(RemovalCause.values())
                                        .map(cause -> new RegistrationChange(
                                                SERVICE, new DatumChange.Remove(PUBLISHER.id(), OWNER, cause)))
                                        .toList()),
                        new SyncPublishers(
                                SESSION, new SlotId(255), List.of(new SyncPublishers.Entry(SERVICE, PUBLISHER))),
                        new FetchDatums(null, List.of(new DatumQuery(EAST, SERVICE, VERSION))),
                        new FetchDatums(SESSION, List.of(new DatumQuery(EAST, SERVICE, DatumVersion.NONE))),
                        new DropInterest(SESSION, List.of(SERVICE, DataInfoId.of("b"))),
                        new SyncInterest(SESSION, new SlotId(0), List.of(new Interest(SERVICE, true))),
                        new RenewSession(
                                SESSION,
                                new Endpoint("10.0.0.2", 9602),
                                List.of(new SessionSlotDigest(new SlotId(3), 5, -1, Long.MIN_VALUE))),
                        new DatumsChanged(List.of(new DatumNotice(EAST, SERVICE, VERSION))),
                        new RaiseVersion(SERVICE, VERSION, -5),
                        new LeadByRank(
                                TABLE.epoch().incarnation(),
                                List.of(new LeadByRank.Ranked(new SlotId(3), new LeaderEpoch(17)))),
                        new UpdateReplicas(
                                TABLE.epoch(),
                                List.of(
                                        new ReplicaUpdate.Compare(
                                                HEAD, List.of(new ReplicaDigest(KEY, VERSION, -7)), true),
                                        new ReplicaUpdate.Write(
                                                HEAD,
                                                new ReplicaContent(
                                                        List.of(), List.of(KEY), List.of(patch()), List.of(WORD)),
                                                true,
                                                Long.MIN_VALUE)),
                                true),
                        new OperatorCall("/manage/changePeer", "a=%20b&c", "ipAddressList=10.0.0.1,10.0.0.2"),
                        new FetchMetaGroup(),
                        new FetchLiveSessions(-5),
                        new FetchSessionLoad(7, 8, 9)));
    }

    private static ChangeResult older(ChangeResult.State state) {
        return new ChangeResult(true, ChangeOutcome.OLDER, new ChangeResult.Known(ORDER, state));
    }

    static Stream<Object> answers() {
        return Stream.concat(
                Stream.concat(ConfigSamples.answers(), MoveSamples.answers()),
                SyncSamples.withAnswers(
                        Done.DONE,
                        new LeaseGrant(true, "", TABLE.epoch(), 3, 4, 5, 6, 7, true),
                        LeaseGrant.refused("no leader"),
                        new LiveSessions(EAST, -7, List.of(MEMBER)),
                        new SessionLoad(7, 2_000, true, 9, List.of(-1L, 5L), 3, List.of(8L)),
                        new OperatorAnswer(409, "{\"success\":false}"),
                        new MetaGroup(null, List.of(), "g", Incarnation.NONE, false),
                        new MetaGroup(
                                new Endpoint("10.0.0.2", 9614),
                                List.of(new Endpoint("10.0.0.2", 9614)),
                                "g",
                                new Incarnation(1, 2),
                                true),
                        new ClusterState(EAST, TABLE, 8, List.of(MEMBER)),
                        ClusterState.unknown(EAST),
                        new ProvidedChanges(5, List.of(new ProvidedValue(SERVICE, 1, "text", 4)), true),
                        new ProvidedChanges(
                                5,
                                List.of(
                                        new ProvidedValue(SERVICE, 1, "text", 4),
                                        new ProvidedValue(SERVICE, 2, "", 5),
                                        new ProvidedValue(SERVICE, 3, null, 6))),
                        new ChangesApplied(List.of(
                                ChangeResult.NOT_LEADER,
                                new ChangeResult(true, ChangeOutcome.APPLIED, null),
                                older(ChangeResult.State.LISTED),
                                older(ChangeResult.State.ABANDONED),
                                older(ChangeResult.State.TAKEN_BACK),
                                older(ChangeResult.State.YOURS),
                                new ChangeResult(true, ChangeOutcome.NOT_OWNER, null),
                                new ChangeResult(true, ChangeOutcome.ABSENT, null))),
                        new LedByRank(List.of(new LeadByRank.Ranked(new SlotId(3), new LeaderEpoch(18)))),
                        new ReplicasUpdated(Arrays.stream(ReplicaAnswer.Status.values())
                                .map(status -> new ReplicaAnswer(
                                        status,
                                        new Leadership(TABLE.epoch().incarnation(), new LeaderEpoch(18)),
                                        6,
                                        VERSION,
                                        new ReplicaHolding(List.of(KEY), List.of(), List.of(WORD), true, true)))
                                .toList()),
                        new SessionDifferences(
                                List.of(new SlotId(1)), List.of(new SlotId(2)), List.of(new SlotId(3)))));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void everyRequestComesBackAsItWas(Request<?> request) {
        IncomingRequest read = MessageCodec.decodeRequest(MessageCodec.encodeRequest(CALLER, CLOCK, request));
        assertThat(read).isEqualTo(new IncomingRequest(CALLER, CLOCK, request));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void everyAnswerComesBackAsItWas(Object answer) {
        IncomingAnswer read = MessageCodec.decodeAnswer(MessageCodec.encodeAnswer(CLOCK, answer));
        assertThat(read).isEqualTo(new IncomingAnswer(CLOCK, answer, ""));
    }

    @Test
    void aFailureComesBackAsItsLine() {
        assertThat(MessageCodec.decodeAnswer(MessageCodec.encodeFailure(CLOCK, "no such slot")))
                .isEqualTo(new IncomingAnswer(CLOCK, null, "no such slot"));
    }

    /** Whoever adds a record to the message package adds its wire form, or this fails. */
    @Test
    void everyRequestOfTheMessagePackageAndItsAnswerHaveAForm() throws Exception {
        List<Class<?>> missing = new ArrayList<>();
        int seen = 0;
        for (Class<?> type : messageClasses()) {
            if (!Request.class.isAssignableFrom(type) || type.isInterface()) {
                continue;
            }
            seen++;
            for (Class<?> needed : List.of(type, answerOf(type))) {
                if (!MessageCodec.knows(needed)) {
                    missing.add(needed);
                }
            }
            assertThat(requests().map(Object::getClass).toList())
                    .as("requests tried there and back")
                    .contains(type.asSubclass(Object.class));
        }
        assertThat(missing).isEmpty();
        assertThat(seen).isGreaterThanOrEqualTo(11);
    }

    private static Class<?> answerOf(Class<?> request) {
        Type declared = Arrays.stream(request.getGenericInterfaces())
                .filter(each -> each instanceof ParameterizedType type && type.getRawType() == Request.class)
                .findFirst()
                .orElseThrow();
        return (Class<?>) ((ParameterizedType) declared).getActualTypeArguments()[0];
    }

    private static List<Class<?>> messageClasses() throws Exception {
        Path home = Path.of(Request.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        String folder = Request.class.getPackageName().replace('.', '/');
        if (Files.isDirectory(home)) {
            return classesIn(home.resolve(folder));
        }
        try (FileSystem jar = FileSystems.newFileSystem(home)) {
            return classesIn(jar.getPath(folder));
        }
    }

    private static List<Class<?>> classesIn(Path folder) throws IOException, ClassNotFoundException {
        List<Class<?>> classes = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.class")) {
            for (Path file : files) {
                String name = file.getFileName().toString().replace(".class", "");
                if (!name.equals("package-info")) {
                    classes.add(Class.forName(Request.class.getPackageName() + "." + name));
                }
            }
        }
        return classes;
    }

    @Test
    void singleValuesComeBackFromTheirBytes() {
        assertThat(ValueCodec.decodePublisher(ValueCodec.encode(PUBLISHER))).isEqualTo(PUBLISHER);
        assertThat(ValueCodec.decodeTombstone(ValueCodec.encode(TOMBSTONE))).isEqualTo(TOMBSTONE);
        assertThat(ValueCodec.decodeDatum(ValueCodec.encode(datum())))
                .usingRecursiveComparison()
                .isEqualTo(datum());
        assertThat(ValueCodec.decodeMember(ValueCodec.encode(MEMBER))).isEqualTo(MEMBER);
        assertThat(ValueCodec.decodeSlotTable(ValueCodec.encode(TABLE))).isEqualTo(TABLE);
        ProvidedValue provided = new ProvidedValue(SERVICE, 3, null, 6);
        assertThat(ValueCodec.decodeProvidedValue(ValueCodec.encode(provided))).isEqualTo(provided);
    }

    @Test
    void fieldsAndPortsOfALaterReleaseAreIgnored() throws Exception {
        byte[] bytes = MessageCodec.encodeRequest(CALLER, CLOCK, new RenewLease(MEMBER, List.of()));
        RequestEnvelope.Builder later = RequestEnvelope.newBuilder()
                .mergeFrom(bytes)
                .setUnknownFields(com.google.protobuf.UnknownFieldSet.newBuilder()
                        .addField(
                                900,
                                com.google.protobuf.UnknownFieldSet.Field.newBuilder()
                                        .addVarint(1)
                                        .build())
                        .build());
        later.getRenewLeaseBuilder()
                .getMemberBuilder()
                .putEndpoints("data-of-tomorrow", ClusterForms.form(new Endpoint("h", 1)));
        assertThat(MessageCodec.decodeRequest(later.build().toByteArray()).request())
                .isEqualTo(new RenewLease(MEMBER, List.of()));
    }

    @Test
    void whatIsNotAMessageIsRefusedSayingWhy() {
        assertThatThrownBy(() -> MessageCodec.decodeRequest(new byte[] {(byte) 0xff, 1, 2}))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith("malformed request: ");
        assertThatThrownBy(() -> MessageCodec.decodeAnswer(new byte[] {9, 1}))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith("malformed answer: ");
        assertThatThrownBy(() -> ValueCodec.decodePublisher(new byte[0]))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("registration id");
    }

    @Test
    void aRequestOfNoKnownKindIsRefused() {
        byte[] bytes = RequestEnvelope.newBuilder()
                .setDatacenter("east")
                .setNode("n")
                .setRole(ClusterForms.form(NodeRole.META))
                .build()
                .toByteArray();
        assertThatThrownBy(() -> MessageCodec.decodeRequest(bytes))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("later release");
    }

    @Test
    void aValueThatItsRecordRefusesIsRefusedHere() throws InvalidProtocolBufferException {
        byte[] bytes = MessageCodec.encodeRequest(CALLER, CLOCK, new SyncInterest(SESSION, new SlotId(1), List.of()));
        RequestEnvelope.Builder wrong = RequestEnvelope.newBuilder().mergeFrom(bytes);
        wrong.getSyncInterestBuilder().setSlot(300);
        assertThatThrownBy(() -> MessageCodec.decodeRequest(wrong.build().toByteArray()))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("slot 300");
    }
}
