package io.twinspan.registry.node.bolt;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.remoting.exception.CodecException;
import com.alipay.sofa.registry.core.model.DataBox;
import com.alipay.sofa.registry.core.model.PublisherRegister;
import com.alipay.sofa.registry.core.model.ReceivedData;
import com.alipay.sofa.registry.core.model.RegisterResponse;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datum.DataInfoId;
import io.twinspan.registry.node.session.SegmentPush;
import io.twinspan.registry.subscription.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HessianFormsTest {
    private static final ListedHessianSerializer SERIALIZER =
            new ListedHessianSerializer(new HessianBounds(HessianBounds.Limits.standard(), ClientClasses::isListed));
    private static final int CONTENTS = 400;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aPushAroundSharedAddressesHasTheBytesOfThePlainEncoder(long seed) throws CodecException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < CONTENTS; i++) {
            Map<String, List<String>> addresses = addresses(random);
            SharedBoxes boxes = new SharedBoxes(addresses);
            for (int subscriber = 0; subscriber < 3; subscriber++) {
                SegmentPush push = push(random, addresses);
                assertThat(SERIALIZER.serialize(ClientForms.received(push, boxes)))
                        .as("seed %d content %d", seed, i)
                        .isEqualTo(SERIALIZER.plain(plainly(push)));
            }
        }
    }

    @Test
    void aPushWithoutAddressesAndOneWithVeryLongOnesAreNoExceptions() throws CodecException {
        SplittableRandom random = new SplittableRandom(7);
        String longest = "服务\uD83D\uDE00x".repeat(20_000);
        for (Map<String, List<String>> each : List.of(
                Map.<String, List<String>>of(),
                Map.of("ZONE", List.<String>of()),
                Map.of("ZONE", List.of(longest, "x".repeat(0x8000), "x".repeat(0x8001), "")),
                Map.of("A", new ArrayList<>(List.of("same", "same")), "B", List.of("same")))) {
            SegmentPush push = push(random, each);
            assertThat(SERIALIZER.serialize(ClientForms.received(push, new SharedBoxes(each))))
                    .isEqualTo(SERIALIZER.plain(plainly(push)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anAnswerHasTheBytesOfThePlainEncoder(long seed) throws CodecException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < CONTENTS; i++) {
            RegisterResponse answer = new RegisterResponse();
            answer.setSuccess(random.nextBoolean());
            answer.setRefused(random.nextBoolean());
            answer.setRegistId(text(random, 80));
            answer.setMessage(random.nextBoolean() ? null : text(random, 300));
            answer.setVersion(random.nextLong() >> random.nextInt(64));
            assertThat(SERIALIZER.serialize(answer)).isEqualTo(SERIALIZER.plain(answer));
        }
    }

    @Test
    void whatTheLastPushesShareIsEncodedOnceAndNoMoreIsKeptThanAllowed() {
        EncodedSegments segments = new EncodedSegments(new EncodedSegments.Limits(2, 10_000));
        Map<String, List<String>> first = Map.of("ZONE", List.of("first"));
        assertThat(segments.of(first)).isSameAs(segments.of(first));
        assertThat(segments.made()).isEqualTo(1);
        // Equal is not the same: the session makes a new map for every content.
        assertThat(segments.of(new HashMap<>(first))).isNotSameAs(segments.of(first));
        segments.of(Map.of("ZONE", List.of("second")));
        assertThat(segments.count()).isEqualTo(2);
        segments.of(Map.of("ZONE", List.of("x".repeat(9_900))));
        assertThat(segments.count()).isEqualTo(1);
        segments.of(Map.of("ZONE", List.of("x".repeat(20_000))));
        assertThat(segments.count()).isEqualTo(1);
        assertThat(segments.made()).isEqualTo(4);
    }

    @Test
    void aListWithoutTypeIsReadAsItWas() throws CodecException {
        PublisherRegister register = new PublisherRegister();
        register.setDataList(new ArrayList<>(List.of(new DataBox("10.0.0.1"), new DataBox("10.0.0.2"))));
        Object read = SERIALIZER.deserialize(SERIALIZER.serialize(register), PublisherRegister.class.getName());
        assertThat(read)
                .isInstanceOfSatisfying(
                        PublisherRegister.class,
                        again -> assertThat(again.getDataList())
                                .extracting(DataBox::getData)
                                .containsExactly("10.0.0.1", "10.0.0.2"));
    }

    /** As it was made before anything was shared. */
    private static ReceivedData plainly(SegmentPush push) {
        Map<String, List<DataBox>> data = new HashMap<>();
        Map<String, Integer> counts = new HashMap<>();
        push.addressesByZone().forEach((zone, texts) -> {
            List<DataBox> boxes = new ArrayList<>();
            texts.forEach(text -> boxes.add(new DataBox(text)));
            data.put(zone, boxes);
            counts.put(zone, boxes.size());
        });
        ReceivedData received = ClientForms.received(push, new SharedBoxes(push.addressesByZone()));
        received.setData(data);
        received.setDataCount(counts);
        return received;
    }

    private static SegmentPush push(SplittableRandom random, Map<String, List<String>> addresses) {
        List<String> ids = new ArrayList<>();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            ids.add(text(random, 60));
        }
        return new SegmentPush(
                new DataInfoId("s" + text(random, 50), "i" + text(random, 8), "g" + text(random, 8)),
                ids,
                new DatacenterId("dc" + random.nextInt(9)),
                random.nextBoolean() ? Scope.GLOBAL : Scope.ZONE,
                random.nextLong() >> random.nextInt(64),
                addresses,
                text(random, 20));
    }

    private static Map<String, List<String>> addresses(SplittableRandom random) {
        Map<String, List<String>> addresses = new TreeMap<>();
        int zones = random.nextInt(10) == 0 ? random.nextInt(40) : random.nextInt(4);
        for (int zone = 0; zone < zones; zone++) {
            List<String> texts = new ArrayList<>();
            int count = random.nextInt(20) == 0 ? random.nextInt(600) : random.nextInt(6);
            for (int i = 0; i < count; i++) {
                texts.add(text(random, random.nextInt(50) == 0 ? 3_000 : 60));
            }
            addresses.put("ZONE" + text(random, 12), texts);
        }
        return addresses;
    }

    private static String text(SplittableRandom random, int longest) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(longest + 1); i > 0; i--) {
            switch (random.nextInt(30)) {
                case 0 -> text.append('é');
                case 1 -> text.append('服');
                case 2 -> text.append("\uD83D\uDE00");
                default -> text.append((char) random.nextInt('!', '~'));
            }
        }
        return text.toString();
    }
}
