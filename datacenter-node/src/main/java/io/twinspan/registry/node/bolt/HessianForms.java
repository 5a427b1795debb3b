package io.twinspan.registry.node.bolt;

import com.alipay.sofa.registry.core.model.DataBox;
import com.alipay.sofa.registry.core.model.ReceivedData;
import com.alipay.sofa.registry.core.model.RegisterResponse;
import com.caucho.hessian.io.Hessian2Output;
import com.caucho.hessian.io.SerializerFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The two messages that are sent most, written without reflection: the answer to a registration and the push of a segment, the
 * latter around addresses that are encoded once. The bytes are those of the plain encoder; class definitions are taken from it.
 */
final class HessianForms {
    /** The definition of the box class, without an instance. */
    static final byte[] BOX_DEFINITION = definition(new DataBox());

    private static final byte[] RESPONSE = definition(new RegisterResponse());
    private static final byte[] RECEIVED = definition(new ReceivedData());
    private static final int FIRST_CLASS = 0;
    private static final int HEAD_BYTES = 256;

    private HessianForms() {}

    static byte[] response(RegisterResponse response) {
        return new HessianBytes(RESPONSE.length + HEAD_BYTES)
                .raw(RESPONSE)
                .raw('o')
                .integer(FIRST_CLASS)
                .flag(response.isSuccess())
                .text(response.getRegistId())
                .number(response.getVersion())
                .flag(response.isRefused())
                .text(response.getMessage())
                .toArray();
    }

    /** A push of these addresses; the data and counts that the push itself names are not looked at. */
    static byte[] received(ReceivedData push, SharedBoxes boxes) {
        HessianBytes out = new HessianBytes(RECEIVED.length + HEAD_BYTES + boxes.weight())
                .raw(RECEIVED)
                .raw('o')
                .integer(FIRST_CLASS)
                .text(push.getDataId())
                .text(push.getGroup())
                .text(push.getInstanceId())
                .text(push.getSegment())
                .text(push.getScope())
                .number(push.getVersion())
                .text(push.getLocalZone());
        List<String> ids = push.getSubscriberRegistIds();
        out.list(ids.size());
        ids.forEach(out::text);
        return out.raw(HessianBytes.END).raw(boxes.data()).raw(boxes.counts()).toArray();
    }

    /** What the plain encoder writes before the first instance of a class. */
    private static byte[] definition(Object sample) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Hessian2Output output = new Hessian2Output(bytes);
        output.setSerializerFactory(new SerializerFactory());
        try {
            output.writeObject(sample);
            output.close();
        } catch (IOException impossible) {
            throw new IllegalStateException("cannot encode an empty " + sample.getClass(), impossible);
        }
        byte[] all = bytes.toByteArray();
        for (int i = 0; i < all.length - 1; i++) {
            // No name of a class or field has such a byte.
            if (all[i] == 'o' && all[i + 1] == (byte) 0x90) {
                return Arrays.copyOf(all, i);
            }
        }
        throw new IllegalStateException("no instance is written of " + sample.getClass());
    }
}
