package io.twinspan.registry.node.bolt;

import static org.assertj.core.api.Assertions.assertThat;

import com.alipay.remoting.exception.CodecException;
import com.alipay.sofa.registry.core.model.DataBox;
import com.alipay.sofa.registry.core.model.PublisherRegister;
import com.alipay.sofa.registry.core.model.SubscriberRegister;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublisherReaderTest {
    private static final HessianBounds BOUNDS =
            new HessianBounds(HessianBounds.Limits.standard(), ClientClasses::isListed);
    private static final ListedHessianSerializer SERIALIZER = new ListedHessianSerializer(BOUNDS);
    private static final RecursiveComparisonConfiguration BY_FIELDS = RecursiveComparisonConfiguration.builder()
            .withIgnoreAllOverriddenEquals(true)
            .build();

    private final PublisherReader reader = new PublisherReader();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsReadIsWhatTheGeneralDecoderReads(long seed) throws CodecException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 400; i++) {
            byte[] bytes = SERIALIZER.plain(register(random));
            assertThat(reader.read(bytes))
                    .as("seed %d message %d", seed, i)
                    .usingRecursiveComparison(BY_FIELDS)
                    .isEqualTo(SERIALIZER.deserializeGenerally(bytes));
        }
    }

    @Test
    void whatIsNotPlainIsLeftToTheGeneralDecoder() throws CodecException {
        SplittableRandom random = new SplittableRandom(1);
        PublisherRegister withPort = register(random);
        withPort.setPort(12_200);
        PublisherRegister longText = register(random);
        longText.setAppName("x".repeat(0x8001));
        PublisherRegister twice = register(random);
        DataBox box = new DataBox("same");
        twice.setDataList(new ArrayList<>(List.of(box, box)));
        PublisherRegister otherList = register(random);
        otherList.setDataList(Arrays.asList(new DataBox("a"), new DataBox("b")));
        PublisherRegister otherMap = register(random);
        otherMap.setAttributes(new LinkedHashMap<>());
        for (PublisherRegister each : List.of(withPort, longText, twice, otherList, otherMap)) {
            byte[] bytes = SERIALIZER.plain(each);
            assertThat(reader.read(bytes)).isNull();
            assertThat(SERIALIZER.deserializeChecked(bytes))
                    .usingRecursiveComparison(BY_FIELDS)
                    .ignoringCollectionOrder()
                    .isEqualTo(SERIALIZER.deserializeGenerally(bytes));
        }
        assertThat(reader.read(SERIALIZER.plain(new SubscriberRegister()))).isNull();
        assertThat(reader.read(new byte[0])).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void damagedBytesAreReadAsTheGeneralDecoderReadsThemOrNotAtAll(long seed) throws CodecException {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = SERIALIZER.plain(register(random));
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            if (BOUNDS.refusal(bytes).isEmpty()) {
                PublisherRegister read = reader.read(bytes);
                if (read != null) {
                    assertThat(read)
                            .as("seed %d message %d", seed, i)
                            .usingRecursiveComparison(BY_FIELDS)
                            .isEqualTo(SERIALIZER.deserializeGenerally(bytes));
                }
            }
        }
    }

    private static PublisherRegister register(SplittableRandom random) {
        PublisherRegister register = new PublisherRegister();
        register.setDataId(text(random));
        register.setGroup(text(random));
        register.setInstanceId(text(random));
        register.setZone(random.nextBoolean() ? null : text(random));
        register.setAppName(text(random));
        register.setRegistId(text(random));
        register.setEventType("REGISTER");
        register.setVersion(random.nextLong() >> random.nextInt(64));
        register.setTimestamp(random.nextLong() >> random.nextInt(64));
        if (random.nextInt(4) > 0) {
            register.setDataList(new ArrayList<>(IntStream.range(0, random.nextInt(5))
                    .mapToObj(unused -> new DataBox(random.nextInt(8) == 0 ? null : text(random)))
                    .toList()));
        }
        if (random.nextInt(4) == 0) {
            register.setAttributes(new HashMap<>());
            register.getAttributes().put(text(random), text(random));
        }
        return register;
    }

    private static String text(SplittableRandom random) {
        String letters = random.nextBoolean() ? "abc.XYZ-019" : "aé服\uD83D\uDE00务z";
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(3) == 0 ? random.nextInt(400) : random.nextInt(40);
        for (int i = 0; i < length; i++) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
