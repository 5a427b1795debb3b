package io.twinspan.registry.node.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.datum.Datum;
import io.twinspan.registry.datum.Publisher;
import io.twinspan.registry.datum.Tombstone;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.node.wire.proto.DatumData;
import io.twinspan.registry.node.wire.proto.MemberData;
import io.twinspan.registry.node.wire.proto.ProvidedValueData;
import io.twinspan.registry.node.wire.proto.PublisherData;
import io.twinspan.registry.node.wire.proto.SlotTableData;
import io.twinspan.registry.node.wire.proto.TombstoneData;
import io.twinspan.registry.slot.SlotTable;

/** Single values as bytes, for stores and logs. Every reading method throws {@link MalformedMessageException}. */
public final class ValueCodec {
    private ValueCodec() {}

    /** A publisher's bytes. */
    public static byte[] encode(Publisher publisher) {
        return DatumForms.form(publisher).toByteArray();
    }

    /** The publisher of these bytes. */
    public static Publisher decodePublisher(byte[] bytes) {
        return read("publisher", bytes, form -> DatumForms.read(PublisherData.parseFrom(form)));
    }

    /** A tombstone's bytes. */
    public static byte[] encode(Tombstone tombstone) {
        return DatumForms.form(tombstone).toByteArray();
    }

    /** The tombstone of these bytes. */
    public static Tombstone decodeTombstone(byte[] bytes) {
        return read("tombstone", bytes, form -> DatumForms.read(TombstoneData.parseFrom(form)));
    }

    /** A datum's bytes, tombstones included. */
    public static byte[] encode(Datum datum) {
        return DatumForms.form(datum).toByteArray();
    }

    /** The datum of these bytes. */
    public static Datum decodeDatum(byte[] bytes) {
        return read("datum", bytes, form -> DatumForms.read(DatumData.parseFrom(form)));
    }

    /** A member's bytes. */
    public static byte[] encode(Member member) {
        return ClusterForms.form(member).toByteArray();
    }

    /** The member of these bytes. */
    public static Member decodeMember(byte[] bytes) {
        return read("member", bytes, form -> ClusterForms.read(MemberData.parseFrom(form)));
    }

    /** A slot table's bytes. */
    public static byte[] encode(SlotTable table) {
        return ClusterForms.form(table).toByteArray();
    }

    /** The slot table of these bytes. */
    public static SlotTable decodeSlotTable(byte[] bytes) {
        return read("slot table", bytes, form -> ClusterForms.read(SlotTableData.parseFrom(form)));
    }

    /** A provided value's bytes. */
    public static byte[] encode(ProvidedValue value) {
        return ClusterForms.form(value).toByteArray();
    }

    /** The provided value of these bytes. */
    public static ProvidedValue decodeProvidedValue(byte[] bytes) {
        return read("provided value", bytes, form -> ClusterForms.read(ProvidedValueData.parseFrom(form)));
    }

    @FunctionalInterface
    interface Reading<V> {
        V of(byte[] bytes) throws InvalidProtocolBufferException;
    }

    static <V> V read(String what, byte[] bytes, Reading<V> reading) {
        try {
            return reading.of(bytes);
        } catch (MalformedMessageException told) {
            throw told;
        } catch (InvalidProtocolBufferException | IllegalArgumentException wrong) {
            throw new MalformedMessageException(what, wrong);
        }
    }
}
