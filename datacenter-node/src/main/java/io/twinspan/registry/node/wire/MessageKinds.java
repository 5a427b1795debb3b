package io.twinspan.registry.node.wire;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/** The kinds of one envelope, each with its two directions. */
final class MessageKinds<B, F, C extends Enum<C>> {
    private final Map<Class<?>, BiConsumer<B, Object>> writers = new HashMap<>();
    private final Map<C, Function<F, Object>> readers = new HashMap<>();

    <T> MessageKinds<B, F, C> kind(Class<T> type, C name, BiConsumer<B, T> writer, Function<F, T> reader) {
        writers.put(type, (form, value) -> writer.accept(form, type.cast(value)));
        readers.put(name, reader::apply);
        return this;
    }

    /** The kinds of a feature. */
    MessageKinds<B, F, C> kinds(Consumer<MessageKinds<B, F, C>> more) {
        more.accept(this);
        return this;
    }

    boolean knows(Class<?> type) {
        return writers.containsKey(type);
    }

    void write(B form, Object value) {
        BiConsumer<B, Object> writer = writers.get(value.getClass());
        if (writer == null) {
            throw new IllegalStateException(
                    "no wire form for " + value.getClass().getName());
        }
        writer.accept(form, value);
    }

    Object read(F form, C name) {
        Function<F, Object> reader = readers.get(name);
        if (reader == null) {
            throw new IllegalArgumentException("of no known kind; its sender may be a later release");
        }
        return reader.apply(form);
    }
}
