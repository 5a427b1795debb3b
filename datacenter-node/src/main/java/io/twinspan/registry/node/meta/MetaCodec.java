package io.twinspan.registry.node.meta;

import com.google.protobuf.InvalidProtocolBufferException;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.failover.FailoverJournal;
import io.twinspan.registry.federation.MoveOrder;
import io.twinspan.registry.node.meta.MetaCommand.CreateIncarnation;
import io.twinspan.registry.node.meta.MetaCommand.Departure;
import io.twinspan.registry.node.meta.MetaCommand.PutMember;
import io.twinspan.registry.node.meta.MetaCommand.RemoveMembers;
import io.twinspan.registry.node.meta.SlotCommand.EvacuateNode;
import io.twinspan.registry.node.meta.SlotCommand.InstallTable;
import io.twinspan.registry.node.meta.SlotCommand.PauseSlots;
import io.twinspan.registry.node.meta.SlotCommand.RemoveNode;
import io.twinspan.registry.node.meta.proto.StoredAddress;
import io.twinspan.registry.node.meta.proto.StoredCommand;
import io.twinspan.registry.node.meta.proto.StoredDeparture;
import io.twinspan.registry.node.meta.proto.StoredIncarnation;
import io.twinspan.registry.node.meta.proto.StoredMember;
import io.twinspan.registry.node.meta.proto.StoredState;
import io.twinspan.registry.node.wire.ClientsOffForms;
import io.twinspan.registry.node.wire.FederationForms;
import io.twinspan.registry.node.wire.MoveForms;
import io.twinspan.registry.node.wire.PolicyForms;
import io.twinspan.registry.node.wire.PushSwitchForms;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.SlotTable;
import io.twinspan.registry.slot.SlotTableEpoch;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Commands and state as bytes of the log and of snapshots. Bytes that cannot be read are a fault, never a value: a member that
 * skipped one command would differ from the others for ever.
 */
final class MetaCodec {
    /** Format written into snapshots. */
    static final int FORMAT = 1;

    private MetaCodec() {}

    static byte[] encode(MetaCommand command) {
        return command.stored().toByteArray();
    }

    /** @throws IllegalStateException when these bytes are no command of this release */
    static MetaCommand decodeCommand(byte[] bytes) {
        try {
            StoredCommand stored = StoredCommand.parseFrom(bytes);
            return switch (stored.getCommandCase()) {
                case CREATE_INCARNATION -> new CreateIncarnation(fromStored(stored.getCreateIncarnation()));
                case PUT_MEMBER -> new PutMember(fromStored(stored.getPutMember()));
                case REMOVE_MEMBERS ->
                    new RemoveMembers(stored.getRemoveMembers().getDeparturesList().stream()
                            .map(MetaCodec::fromStored)
                            .toList());
                case PUT_PROVIDED -> ProvidedForms.put(stored.getPutProvided());
                case REMOVE_PROVIDED -> ProvidedForms.removal(stored.getRemoveProvided());
                case ADOPT_PROVIDED -> ProvidedForms.adoption(stored.getAdoptProvided());
                case SET_POLICIES -> SetPolicies.of(stored.getSetPolicies());
                case SET_CLIENTS_OFF -> SetClientsOff.of(stored.getSetClientsOff());
                case SET_PUSH_SWITCH -> SetPushSwitch.of(stored.getSetPushSwitch());
                case SET_MOVE -> new SetMove(MoveForms.read(stored.getSetMove()));
                case INSTALL_TABLE ->
                    new InstallTable(
                            SlotForms.epoch(stored.getInstallTable().getBasis()),
                            SlotForms.table(stored.getInstallTable().getTable()));
                case PAUSE_SLOTS -> new PauseSlots(stored.getPauseSlots());
                case MOVE_SLOT -> SlotForms.move(stored.getMoveSlot());
                case EVACUATE_NODE ->
                    new EvacuateNode(
                            new NodeId(stored.getEvacuateNode().getNode()),
                            stored.getEvacuateNode().getIsEvacuating());
                case REMOVE_NODE ->
                    new RemoveNode(
                            new NodeId(stored.getRemoveNode().getNode()),
                            stored.getRemoveNode().getIsForced());
                case DECIDE_DUTY -> DecideDuty.of(stored.getDecideDuty());
                case FOLLOW_DUTY -> new FollowDuty(FederationForms.read(stored.getFollowDuty()));
                case JOURNAL_RUN -> new JournalRun(RunForms.read(stored.getJournalRun()));
                case REBUILD_GROUP ->
                    new RebuildGroup(
                            fromStored(stored.getRebuildGroup().getIncarnation()),
                            fromStored(stored.getRebuildGroup().getBefore()));
                case RESTORE_STATE -> new RestoreState(fromStored(stored.getRestoreState()));
                case COMMAND_NOT_SET ->
                    throw new IllegalStateException("the log holds a command that this release does not know");
            };
        } catch (InvalidProtocolBufferException unreadable) {
            throw new IllegalStateException("the log holds a command that cannot be read", unreadable);
        }
    }

    static byte[] encode(MetaState state) {
        return toStored(state).toByteArray();
    }

    static StoredState toStored(MetaState state) {
        StoredState.Builder stored = StoredState.newBuilder()
                .setFormat(FORMAT)
                .setIncarnation(toStored(state.incarnation()))
                .setTableIncarnation(toStored(state.table().epoch().incarnation()))
                .setTableNumber(state.table().epoch().number())
                .setMembersRevision(state.membersRevision())
                .setPolicies(PolicyForms.form(state.policies()))
                .setPushSwitch(PushSwitchForms.form(state.push()));
        if (state.clientsOff().version() > 0) {
            stored.setClientsOff(ClientsOffForms.form(state.clientsOff()));
        }
        MoveOrder move = state.move();
        if (move != null) {
            stored.setMove(MoveForms.form(move));
        }
        ProvidedForms.store(state.ledger(), stored);
        stored.setDuty(FederationForms.form(state.book().duty()));
        state.book().runs().runs().forEach(run -> stored.addRuns(RunForms.stored(run)));
        stored.addAllSlots(SlotForms.slots(state.table()));
        stored.setWishes(SlotForms.wishes(state.wishes())).setIsMandated(state.isMandated());
        state.removed().stream().map(NodeId::value).sorted().forEach(stored::addRemoved);
        state.sortedMembers().forEach(member -> stored.addMembers(toStored(member)));
        return stored.build();
    }

    /** @throws IllegalStateException when these bytes are no state of this format */
    static MetaState decodeState(byte[] bytes) {
        try {
            return fromStored(StoredState.parseFrom(bytes));
        } catch (InvalidProtocolBufferException unreadable) {
            throw new IllegalStateException("the snapshot cannot be read", unreadable);
        }
    }

    static StoredIncarnation toStored(Incarnation incarnation) {
        return StoredIncarnation.newBuilder()
                .setCreatedMillis(incarnation.createdMillis())
                .setRandom(incarnation.random())
                .build();
    }

    static StoredMember toStored(Member member) {
        StoredMember.Builder stored = StoredMember.newBuilder()
                .setNode(member.node().value())
                .setDatacenter(member.datacenter().name())
                .setRole(member.role().name())
                .setIncarnation(member.incarnation());
        member.endpoints()
                .forEach((port, endpoint) -> stored.addAddresses(StoredAddress.newBuilder()
                        .setPortName(port.configName())
                        .setHost(endpoint.host())
                        .setPort(endpoint.port())));
        return stored.build();
    }

    static StoredDeparture toStored(Departure departure) {
        return StoredDeparture.newBuilder()
                .setNode(departure.key().node().value())
                .setRole(departure.key().role().name())
                .setIncarnation(departure.incarnation())
                .build();
    }

    private static MetaState fromStored(StoredState stored) {
        if (stored.getFormat() != FORMAT) {
            throw new IllegalStateException(
                    "the snapshot has format " + stored.getFormat() + ", this release reads format " + FORMAT);
        }
        Map<MemberKey, Member> members = new HashMap<>();
        stored.getMembersList().forEach(each -> {
            Member member = fromStored(each);
            members.put(MemberKey.of(member), member);
        });
        return new MetaState(
                fromStored(stored.getIncarnation()),
                new SlotTable(
                        new SlotTableEpoch(fromStored(stored.getTableIncarnation()), stored.getTableNumber()),
                        SlotForms.slots(stored.getSlotsList())),
                stored.getMembersRevision(),
                members,
                ProvidedForms.ledger(stored),
                PolicyForms.read(stored.getPolicies()),
                ClientsOffForms.read(stored.getClientsOff()),
                PushSwitchForms.read(stored.getPushSwitch()),
                stored.hasMove() ? MoveForms.read(stored.getMove()) : null,
                SlotForms.wishes(stored.getWishes()),
                stored.getRemovedList().stream().map(NodeId::new).collect(Collectors.toSet()),
                new DutyBook(
                        FederationForms.read(stored.getDuty()),
                        new FailoverJournal(stored.getRunsList().stream()
                                .map(RunForms::read)
                                .toList())),
                stored.getIsMandated());
    }

    static Incarnation fromStored(StoredIncarnation stored) {
        return new Incarnation(stored.getCreatedMillis(), stored.getRandom());
    }

    private static Member fromStored(StoredMember stored) {
        Map<NodePort, Endpoint> endpoints = new EnumMap<>(NodePort.class);
        stored.getAddressesList()
                .forEach(address ->
                        endpoints.put(port(address.getPortName()), new Endpoint(address.getHost(), address.getPort())));
        return new Member(
                new NodeId(stored.getNode()),
                new DatacenterId(stored.getDatacenter()),
                NodeRole.valueOf(stored.getRole()),
                endpoints,
                stored.getIncarnation());
    }

    private static Departure fromStored(StoredDeparture stored) {
        return new Departure(
                new MemberKey(new NodeId(stored.getNode()), NodeRole.valueOf(stored.getRole())),
                stored.getIncarnation());
    }

    private static NodePort port(String name) {
        for (NodePort port : NodePort.values()) {
            if (port.configName().equals(name)) {
                return port;
            }
        }
        throw new IllegalStateException("a member has a port '" + name + "' that this release does not know");
    }
}
