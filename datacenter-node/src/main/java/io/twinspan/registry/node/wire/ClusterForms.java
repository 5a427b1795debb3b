package io.twinspan.registry.node.wire;

import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datacenter.NodeId;
import io.twinspan.registry.datacenter.NodePort;
import io.twinspan.registry.datacenter.NodeRole;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.node.wire.proto.EndpointData;
import io.twinspan.registry.node.wire.proto.IncarnationData;
import io.twinspan.registry.node.wire.proto.MemberData;
import io.twinspan.registry.node.wire.proto.ProvidedValueData;
import io.twinspan.registry.node.wire.proto.RoleData;
import io.twinspan.registry.node.wire.proto.SlotData;
import io.twinspan.registry.node.wire.proto.SlotTableData;
import io.twinspan.registry.node.wire.proto.SlotTableEpochData;
import io.twinspan.registry.slot.Incarnation;
import io.twinspan.registry.slot.LeaderEpoch;
import io.twinspan.registry.slot.Slot;
import io.twinspan.registry.slot.SlotId;
import io.twinspan.registry.slot.SlotTable;
import io.twinspan.registry.slot.SlotTableEpoch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Members, slot tables and provided configuration as protobuf messages and back; refuses as {@link DatumForms} does. */
public final class ClusterForms {
    private static final Map<String, NodePort> PORTS =
            Arrays.stream(NodePort.values()).collect(Collectors.toMap(NodePort::configName, Function.identity()));

    private ClusterForms() {}

    /** An address. */
    public static EndpointData form(Endpoint endpoint) {
        return EndpointData.newBuilder()
                .setHost(endpoint.host())
                .setPort(endpoint.port())
                .build();
    }

    /** An address. */
    public static Endpoint read(EndpointData form) {
        return new Endpoint(form.getHost(), form.getPort());
    }

    /** A role. */
    public static RoleData form(NodeRole role) {
        return switch (role) {
            case META -> RoleData.ROLE_META;
            case DATA -> RoleData.ROLE_DATA;
            case SESSION -> RoleData.ROLE_SESSION;
        };
    }

    /** A role. */
    public static NodeRole read(RoleData form) {
        return switch (form) {
            case ROLE_META -> NodeRole.META;
            case ROLE_DATA -> NodeRole.DATA;
            case ROLE_SESSION -> NodeRole.SESSION;
            case ROLE_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException("no known role of a node");
        };
    }

    /** A member. */
    public static MemberData form(Member member) {
        MemberData.Builder form = MemberData.newBuilder()
                .setNode(member.node().value())
                .setDatacenter(member.datacenter().name())
                .setRole(form(member.role()))
                .setIncarnation(member.incarnation());
        member.endpoints().forEach((port, endpoint) -> form.putEndpoints(port.configName(), form(endpoint)));
        return form.build();
    }

    /** A member, without the ports that a later release may have. */
    public static Member read(MemberData form) {
        Map<NodePort, Endpoint> endpoints = new EnumMap<>(NodePort.class);
        form.getEndpointsMap().forEach((name, endpoint) -> {
            NodePort port = PORTS.get(name);
            if (port != null) {
                endpoints.put(port, read(endpoint));
            }
        });
        return new Member(
                new NodeId(form.getNode()),
                new DatacenterId(form.getDatacenter()),
                read(form.getRole()),
                endpoints,
                form.getIncarnation());
    }

    /** The epoch of a table. */
    public static SlotTableEpochData form(SlotTableEpoch epoch) {
        return SlotTableEpochData.newBuilder()
                .setIncarnation(form(epoch.incarnation()))
                .setNumber(epoch.number())
                .build();
    }

    /** The epoch of a table. */
    public static SlotTableEpoch read(SlotTableEpochData form) {
        return new SlotTableEpoch(read(form.getIncarnation()), form.getNumber());
    }

    /** An incarnation of a meta group. */
    public static IncarnationData form(Incarnation incarnation) {
        return IncarnationData.newBuilder()
                .setCreatedMillis(incarnation.createdMillis())
                .setRandom(incarnation.random())
                .build();
    }

    /** An incarnation of a meta group. */
    public static Incarnation read(IncarnationData form) {
        return new Incarnation(form.getCreatedMillis(), form.getRandom());
    }

    /** A slot table. */
    public static SlotTableData form(SlotTable table) {
        SlotTableData.Builder form = SlotTableData.newBuilder().setEpoch(form(table.epoch()));
        for (Slot slot : table.slots()) {
            form.addSlots(SlotData.newBuilder()
                    .setLeader(slot.leader().value())
                    .setEpoch(slot.epoch().value())
                    .addAllFollowers(
                            slot.followers().stream().map(NodeId::value).toList()));
        }
        return form.build();
    }

    /** A slot table. */
    public static SlotTable read(SlotTableData form) {
        List<Slot> slots = new ArrayList<>(form.getSlotsCount());
        for (SlotData each : form.getSlotsList()) {
            List<NodeId> replicas = new ArrayList<>();
            replicas.add(new NodeId(each.getLeader()));
            each.getFollowersList().forEach(follower -> replicas.add(new NodeId(follower)));
            slots.add(new Slot(new SlotId(slots.size()), new LeaderEpoch(each.getEpoch()), replicas));
        }
        return new SlotTable(read(form.getEpoch()), slots);
    }

    /** A provided value. */
    public static ProvidedValueData form(ProvidedValue value) {
        ProvidedValueData.Builder form = ProvidedValueData.newBuilder()
                .setId(DatumForms.form(value.id()))
                .setVersion(value.version())
                .setRevision(value.revision());
        String data = value.data();
        if (data != null) {
            form.setData(data);
        }
        return form.build();
    }

    /** A provided value. */
    public static ProvidedValue read(ProvidedValueData form) {
        return new ProvidedValue(
                DatumForms.read(form.getId()),
                form.getVersion(),
                form.hasData() ? form.getData() : null,
                form.getRevision());
    }
}
