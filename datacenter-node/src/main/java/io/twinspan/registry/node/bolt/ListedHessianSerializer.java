package io.twinspan.registry.node.bolt;

import com.alipay.hessian.ClassNameFilter;
import com.alipay.hessian.ClassNameResolver;
import com.alipay.remoting.exception.CodecException;
import com.alipay.remoting.exception.DeserializationException;
import com.alipay.remoting.serialization.Serializer;
import com.alipay.sofa.registry.core.model.PublisherRegister;
import com.alipay.sofa.registry.core.model.ReceivedData;
import com.alipay.sofa.registry.core.model.RegisterResponse;
import com.caucho.hessian.io.CollectionDeserializer;
import com.caucho.hessian.io.Deserializer;
import com.caucho.hessian.io.Hessian2Input;
import com.caucho.hessian.io.Hessian2Output;
import com.caucho.hessian.io.HessianProtocolException;
import com.caucho.hessian.io.SerializerFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Hessian for the whole process, in place of Bolt's own, which only knows a deny-list: nothing is read that
 * {@link HessianBounds} refuses, and the class list is asked once more while reading. An exception is never written: its text
 * goes in its place, so no stack leaves this process.
 */
final class ListedHessianSerializer implements Serializer {
    private final SerializerFactory writing = new SerializerFactory();
    private final SerializerFactory reading = new ListsWithoutType();
    private final PublisherReader publishers = new PublisherReader();
    private final HessianBounds bounds;

    ListedHessianSerializer(HessianBounds bounds) {
        this.bounds = bounds;
        ClassNameResolver resolver = new ClassNameResolver();
        resolver.addFilter(new ListedOnly());
        reading.setClassNameResolver(resolver);
    }

    @Override
    public byte[] serialize(Object value) throws CodecException {
        if (value.getClass() == RegisterResponse.class) {
            return HessianForms.response((RegisterResponse) value);
        }
        if (value instanceof ReceivedData push && push.getData() instanceof SharedBoxes boxes) {
            return HessianForms.received(push, boxes);
        }
        return plain(value);
    }

    /** As Hessian itself writes it. */
    byte[] plain(Object value) throws CodecException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        Hessian2Output output = new Hessian2Output(bytes);
        output.setSerializerFactory(writing);
        try {
            output.writeObject(value instanceof Throwable failure ? String.valueOf(failure.getMessage()) : value);
            output.close();
        } catch (IOException broken) {
            throw new CodecException("cannot write " + value.getClass().getSimpleName(), broken);
        }
        return bytes.toByteArray();
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Bolt's signature; its callers take an Object
    public <T> T deserialize(byte[] bytes, String className) throws CodecException {
        Optional<HessianRefusal> refusal = bounds.refusal(bytes);
        if (refusal.isPresent()) {
            throw new DeserializationException("refused: " + refusal.get().why());
        }
        return (T) deserializeChecked(bytes);
    }

    /** Reads what {@link HessianBounds} has passed already. */
    Object deserializeChecked(byte[] bytes) throws DeserializationException {
        PublisherRegister publisher = publishers.read(bytes);
        return publisher == null ? deserializeGenerally(bytes) : publisher;
    }

    /** As Hessian itself reads it. */
    Object deserializeGenerally(byte[] bytes) throws DeserializationException {
        Hessian2Input input = new Hessian2Input(new ByteArrayInputStream(bytes));
        input.setSerializerFactory(reading);
        try {
            return input.readObject();
        } catch (IOException | RuntimeException malformed) {
            throw new DeserializationException("malformed: " + malformed.getMessage());
        }
    }

    /**
     * A list that names no class is asked for by the type of its field, and Hessian then tries to make an instance of the
     * interface first: an exception with its stack for every registration.
     */
    private static final class ListsWithoutType extends SerializerFactory {
        private final Deserializer lists = new CollectionDeserializer(ArrayList.class);

        @Override
        @SuppressWarnings("rawtypes") // Hessian's signature
        public Deserializer getDeserializer(Class type) throws HessianProtocolException {
            return type == List.class ? lists : super.getDeserializer(type);
        }
    }

    private static final class ListedOnly implements ClassNameFilter {
        @Override
        public int order() {
            return 0;
        }

        @Override
        public String resolve(String name) throws IOException {
            if (!ClientClasses.isListedOrField(name)) {
                throw new IOException("class " + name + " is not listed");
            }
            return name;
        }
    }
}
