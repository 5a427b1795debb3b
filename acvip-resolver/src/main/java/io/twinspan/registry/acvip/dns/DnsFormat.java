package io.twinspan.registry.acvip.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.dns.DefaultDnsQuestion;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecord;
import io.netty.handler.codec.dns.DnsRecordDecoder;
import io.netty.handler.codec.dns.DnsRecordEncoder;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.util.ReferenceCountUtil;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Packets (RFC 1035, section 4; RFC 6891 for the size of replies). Names and records are read and written by Netty's codec, which knows
 * loops of compressed names; the header is read here, so that whoever sends nonsense is told so under the number of his question.
 */
final class DnsFormat {
    /** Largest reply over UDP to those who do not say that they take more. */
    static final int PLAIN_UDP = 512;

    /** Largest reply over UDP: fits a frame of every usual network. */
    static final int LARGEST_UDP = 1_232;

    /** Largest packet over TCP. */
    static final int LARGEST_TCP = 65_535;

    private static final int HEADER = 12;
    private static final int RESPONSE = 0x8000;
    private static final int OPCODE = 0x7800;
    private static final int AUTHORITATIVE = 0x0400;
    private static final int TRUNCATED = 0x0200;
    private static final int RECURSION_DESIRED = 0x0100;
    private static final int MOST_RECORDS = 16;
    private static final int LONGEST_NAME = 254;
    private static final int UNSIGNED_SHORT = 0xffff;

    /** Labels of visible ASCII: services may have names that hosts may not. */
    private static final Pattern NAME = Pattern.compile("([!-\\-/-~]{1,63}\\.)+");

    private DnsFormat() {}

    /**
     * What a packet is.
     *
     * @param id of the packet
     * @param query null when it is to be refused, or not answered at all
     * @param refusal null when it is not to be refused
     */
    record Incoming(
            int id, @Nullable DnsQuery query, @Nullable DnsResponseCode refusal) {
        /** What is no question at all gets no reply: it may be meant for somebody else. */
        static final Incoming IGNORED = new Incoming(0, null, null);
    }

    /** Reads a packet; whatever is in it, this returns. */
    static Incoming read(ByteBuf in) {
        if (in.readableBytes() < HEADER) {
            return Incoming.IGNORED;
        }
        // Offsets of compressed names count from the beginning of the packet.
        ByteBuf packet = in.slice();
        int id = packet.readUnsignedShort();
        int flags = packet.readUnsignedShort();
        int questions = packet.readUnsignedShort();
        int others = packet.readUnsignedShort() + packet.readUnsignedShort();
        int additional = packet.readUnsignedShort();
        if ((flags & RESPONSE) != 0) {
            return Incoming.IGNORED;
        }
        if ((flags & OPCODE) != 0) {
            return new Incoming(id, null, DnsResponseCode.NOTIMP);
        }
        if (questions != 1 || others != 0 || additional > MOST_RECORDS) {
            return new Incoming(id, null, DnsResponseCode.FORMERR);
        }
        try {
            DnsQuestion question = DnsRecordDecoder.DEFAULT.decodeQuestion(packet);
            if (!isUsable(question.name())) {
                return new Incoming(id, null, DnsResponseCode.FORMERR);
            }
            return new Incoming(
                    id,
                    new DnsQuery(
                            id,
                            question.name(),
                            question.type().intValue(),
                            question.dnsClass(),
                            (flags & RECURSION_DESIRED) != 0,
                            payload(packet, additional)),
                    null);
        } catch (Exception malformed) {
            // Whatever the codec finds wrong with it, the sender can mend it and nobody else.
            return new Incoming(id, null, DnsResponseCode.FORMERR);
        }
    }

    /** A reply that fits. What does not fit is left out: over UDP with the mark that makes the asker come back over TCP. */
    static ByteBuf write(ByteBufAllocator buffers, DnsQuery query, DnsReply reply, int most) {
        ByteBuf whole = write(buffers, query, reply, false);
        if (whole.readableBytes() <= most) {
            return whole;
        }
        whole.release();
        ByteBuf withoutMore = write(
                buffers, query, new DnsReply(reply.code(), reply.answers(), reply.authorities(), List.of()), false);
        if (withoutMore.readableBytes() <= most) {
            return withoutMore;
        }
        withoutMore.release();
        return write(buffers, query, DnsReply.refusal(reply.code()), true);
    }

    /** A refusal of what could not be read. */
    static ByteBuf refusal(ByteBufAllocator buffers, int id, DnsResponseCode code) {
        ByteBuf out = buffers.buffer(HEADER);
        out.writeShort(id);
        out.writeShort(RESPONSE | code.intValue());
        out.writeLong(0);
        return out;
    }

    /** The size of a reply over UDP that the asker takes. */
    static int mostOverUdp(DnsQuery query) {
        return Math.min(LARGEST_UDP, Math.max(PLAIN_UDP, query.payload()));
    }

    /** What cannot be a name here, and perhaps could not be written again, is not looked for. */
    private static boolean isUsable(String name) {
        return name.equals(".")
                || (name.length() <= LONGEST_NAME && NAME.matcher(name).matches());
    }

    private static int payload(ByteBuf packet, int additional) throws Exception {
        int payload = 0;
        for (int i = 0; i < additional; i++) {
            DnsRecord record = DnsRecordDecoder.DEFAULT.decodeRecord(packet);
            if (record == null) {
                throw new IllegalArgumentException("the packet is cut short");
            }
            if (record.type().equals(DnsRecordType.OPT)) {
                payload = Math.max(PLAIN_UDP, record.dnsClass());
            }
            ReferenceCountUtil.release(record);
        }
        return payload;
    }

    private static ByteBuf write(ByteBufAllocator buffers, DnsQuery query, DnsReply reply, boolean isTruncated) {
        ByteBuf out = buffers.buffer();
        try {
            out.writeShort(query.id());
            out.writeShort(RESPONSE
                    | AUTHORITATIVE
                    | (isTruncated ? TRUNCATED : 0)
                    | (query.isRecursionDesired() ? RECURSION_DESIRED : 0)
                    | reply.code().intValue());
            out.writeShort(1);
            out.writeShort(reply.answers().size());
            out.writeShort(reply.authorities().size());
            out.writeShort(reply.more().size() + (query.isExtended() ? 1 : 0));
            DnsRecordEncoder.DEFAULT.encodeQuestion(
                    new DefaultDnsQuestion(
                            query.name(),
                            DnsRecordType.valueOf(query.type() & UNSIGNED_SHORT),
                            query.dnsClass() & UNSIGNED_SHORT),
                    out);
            for (List<DnsReply.Item> section : List.of(reply.answers(), reply.authorities(), reply.more())) {
                for (DnsReply.Item item : section) {
                    write(item, out);
                }
            }
            if (query.isExtended()) {
                // The root's name, OPT, the size that we take, no flags, no options.
                out.writeByte(0).writeShort(DnsRecordType.OPT.intValue()).writeShort(LARGEST_UDP);
                out.writeInt(0).writeShort(0);
            }
            return out;
        } catch (Exception fault) {
            out.release();
            throw new IllegalStateException("a reply could not be written", fault);
        }
    }

    private static void write(DnsReply.Item item, ByteBuf out) throws Exception {
        DefaultDnsRawRecord record = new DefaultDnsRawRecord(
                item.name(),
                DnsRecordType.valueOf(item.type()),
                item.ttlSeconds(),
                Unpooled.wrappedBuffer(item.data()));
        try {
            DnsRecordEncoder.DEFAULT.encodeRecord(record, out);
        } finally {
            record.release();
        }
    }
}
