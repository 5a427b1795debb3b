package io.twinspan.registry.node.bolt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.alipay.remoting.exception.CodecException;
import com.alipay.sofa.registry.core.model.ConfiguratorRegister;
import com.alipay.sofa.registry.core.model.DataBox;
import com.alipay.sofa.registry.core.model.PublisherRegister;
import com.alipay.sofa.registry.core.model.Result;
import com.alipay.sofa.registry.core.model.SubscriberRegister;
import com.alipay.sofa.registry.core.model.SyncConfigRequest;
import com.caucho.hessian.io.Hessian2Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HessianBoundsTest {
    private static final HessianBounds BOUNDS =
            new HessianBounds(HessianBounds.Limits.standard(), ClientClasses::isListed);
    private static final ListedHessianSerializer SERIALIZER = new ListedHessianSerializer(BOUNDS);

    static Stream<Map.Entry<String, byte[]>> bombs() {
        return Bombs.all().entrySet().stream();
    }

    static Stream<Map.Entry<String, byte[]>> unlisted() {
        return Bombs.unlistedClasses().entrySet().stream();
    }

    static Stream<Object> messages() {
        return Stream.of(
                publisher(List.of("10.0.0.1:12200")),
                publisher(List.of()),
                publisher(List.of("x".repeat(200_000))),
                publisher(List.of("ünïcödé 服务 \uD83D\uDE00".repeat(3_000))),
                publisher(IntStream.range(0, 200).mapToObj(i -> "10.0.0.1:" + i).toList()),
                attributes(Map.of("a", "b", "!AccessKey", "k")),
                attributes(new TreeMap<>(Map.of("a", "b"))),
                attributes(Collections.emptyMap()),
                attributes(Collections.unmodifiableMap(new LinkedHashMap<>(Map.of("a", "b")))),
                subscriber(),
                new ConfiguratorRegister(),
                new SyncConfigRequest(),
                Result.success(),
                Result.failed("the application threw"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatOfficialClientsSendPasses(Object message) throws Exception {
        byte[] bytes = SERIALIZER.serialize(message);
        assertThat(BOUNDS.refusal(bytes)).isEmpty();
        assertThat(SERIALIZER.<Object>deserialize(bytes, ""))
                .usingRecursiveComparison()
                .isEqualTo(message);
    }

    @Test
    void aSubscriberOfTheOldClientWithoutItsLaterFieldsPasses() throws Exception {
        byte[] bytes = fiveFour();
        assertThat(BOUNDS.refusal(bytes)).isEmpty();
        SubscriberRegister read = SERIALIZER.deserialize(bytes, "");
        assertThat(read.getScope()).isEqualTo("dataCenter");
        assertThat(read.getVersion()).isEqualTo(1);
    }

    @Test
    void aListOfFixedArraysPasses() throws Exception {
        PublisherRegister publisher = publisher(List.of());
        publisher.setDataList(Arrays.asList(new DataBox("a"), new DataBox("b")));
        assertThat(BOUNDS.refusal(SERIALIZER.serialize(publisher))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void everyBombIsRefused(Map.Entry<String, byte[]> bomb) {
        Optional<HessianRefusal> refusal = BOUNDS.refusal(bomb.getValue());
        assertThat(refusal).as(bomb.getKey()).isPresent();
        assertThatThrownBy(() -> SERIALIZER.deserialize(bomb.getValue(), ""))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("refused");
    }

    @ParameterizedTest
    @MethodSource("unlisted")
    void everyUnlistedClassIsRefusedByItsName(Map.Entry<String, byte[]> message) {
        assertThat(BOUNDS.refusal(message.getValue())).as(message.getKey()).hasValueSatisfying(refusal -> {
            assertThat(refusal.isClass()).isTrue();
            assertThat(refusal.why()).contains("is not listed");
        });
    }

    @Test
    void everyPrefixOfAMessageIsRefused() throws Exception {
        byte[] whole = SERIALIZER.serialize(publisher(List.of("10.0.0.1:12200", "10.0.0.2:12200")));
        for (int length = 0; length < whole.length; length++) {
            assertThat(BOUNDS.refusal(Arrays.copyOf(whole, length)))
                    .as("the first %d bytes", length)
                    .isPresent();
        }
    }

    @Test
    void anExceptionIsWrittenAsItsTextOnly() throws Exception {
        byte[] bytes = SERIALIZER.serialize(new IllegalStateException("told"));
        assertThat(SERIALIZER.<Object>deserialize(bytes, "")).isEqualTo("told");
    }

    private static PublisherRegister publisher(List<String> addresses) {
        PublisherRegister publisher = new PublisherRegister();
        publisher.setDataId("com.example.Service:1.0@DEFAULT");
        publisher.setGroup("SOFA");
        publisher.setRegistId("0b6d3e8e-8b0d-4a5c-9d0c-1f2e3d4c5b6a");
        publisher.setEventType("REGISTER");
        publisher.setVersion(1L);
        publisher.setTimestamp(1_800_000_000_000L);
        publisher.setPort(12200);
        List<DataBox> boxes = new ArrayList<>();
        addresses.forEach(address -> boxes.add(new DataBox(address)));
        publisher.setDataList(boxes);
        return publisher;
    }

    private static PublisherRegister attributes(Map<String, String> attributes) {
        PublisherRegister publisher = publisher(List.of("a"));
        publisher.setAttributes(attributes);
        return publisher;
    }

    private static SubscriberRegister subscriber() {
        SubscriberRegister subscriber = new SubscriberRegister();
        subscriber.setDataId("a");
        subscriber.setScope("global");
        subscriber.setAcceptMulti(false);
        return subscriber;
    }

    private static byte[] fiveFour() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Hessian2Output output = new Hessian2Output(bytes);
        output.writeObjectBegin(SubscriberRegister.class.getName());
        output.writeInt(3);
        output.writeString("scope");
        output.writeString("version");
        output.writeString("attributes");
        output.writeObjectBegin(SubscriberRegister.class.getName());
        output.writeString("dataCenter");
        output.writeLong(1);
        output.writeMapBegin(null);
        output.writeMapEnd();
        output.close();
        return bytes.toByteArray();
    }
}
