package io.twinspan.registry.acvip.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 2.2 of "The PROXY protocol, Versions 1 and 2". */
class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";

    @Test
    void anIpv4HeaderHasTheBytesOfTheSpecification() {
        byte[] header = ProxyHeader.write(
                new InetSocketAddress("10.1.2.3", 0xabcd), new InetSocketAddress("192.168.0.1", 9605));
        assertThat(HexFormat.of().formatHex(header))
                .isEqualTo(SIGNATURE + "21" + "11" + "000c" + "0a010203" + "c0a80001" + "abcd" + "2585");
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, 10.9.9.9, 10.1.2.3",
        "fd00::7, fd00::9, fd00:0:0:0:0:0:0:7",
        "10.1.2.3, fd00::9, 10.1.2.3",
        "fd00::7, 10.9.9.9, fd00:0:0:0:0:0:0:7"
    })
    void whoIsNamedIsReadWhateverTheFamilies(String source, String destination, String read) {
        byte[] header =
                ProxyHeader.write(new InetSocketAddress(source, 41_000), new InetSocketAddress(destination, 9605));
        ProxyHeader.Reading.Whole whole = (ProxyHeader.Reading.Whole) ProxyHeader.read(ByteBuffer.wrap(header));
        InetSocketAddress named = whole.header().source().orElseThrow();
        assertThat(named.getAddress().getHostAddress()).isEqualTo(read);
        assertThat(named.getPort()).isEqualTo(41_000);
        assertThat(whole.length()).isEqualTo(header.length);
    }

    @Test
    void everyBeginningOfAHeaderIsIncompleteAndWhatFollowsIsLeft() {
        byte[] header = ProxyHeader.write(new InetSocketAddress("10.1.2.3", 1), new InetSocketAddress("10.1.2.4", 2));
        for (int length = 0; length < header.length; length++) {
            assertThat(ProxyHeader.read(ByteBuffer.wrap(header, 0, length)))
                    .isInstanceOf(ProxyHeader.Reading.Incomplete.class);
        }
        byte[] longer = Arrays.copyOf(header, header.length + 100);
        assertThat(ProxyHeader.read(ByteBuffer.wrap(longer)))
                .isInstanceOfSatisfying(
                        ProxyHeader.Reading.Whole.class,
                        whole -> assertThat(whole.length()).isEqualTo(header.length));
    }

    @Test
    void extensionsAreSkippedAndAProxysOwnConnectionNamesNobody() {
        assertThat(read(SIGNATURE + "2111" + "0010" + "0a010203c0a80001abcd2585" + "04000100"))
                .isInstanceOfSatisfying(ProxyHeader.Reading.Whole.class, whole -> {
                    assertThat(whole.length()).isEqualTo(32);
                    assertThat(whole.header().source()).isPresent();
                });
        assertThat(read(SIGNATURE + "2000" + "0000"))
                .isInstanceOfSatisfying(
                        ProxyHeader.Reading.Whole.class,
                        whole -> assertThat(whole.header().source()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01",
                "0d0a0d0a000d0a515549540b",
                "474554202f20485454502f312e31",
                "50524f585920544350342031302e302e302e31",
                SIGNATURE + "1111000c",
                SIGNATURE + "2211000c",
                SIGNATURE + "2100000c",
                SIGNATURE + "2112000c",
                SIGNATURE + "2131000c",
                SIGNATURE + "2111000b",
                SIGNATURE + "2121000c",
                SIGNATURE + "2111ffff"
            })
    void whatIsNoHeaderOfATcpConnectionIsWrong(String bytes) {
        assertThat(read(bytes)).isInstanceOf(ProxyHeader.Reading.Wrong.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noBytesWhateverBreakTheReader(long seed) {
        Random chance = new Random(seed);
        byte[] signature = HexFormat.of().parseHex(SIGNATURE);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = new byte[chance.nextInt(80)];
            chance.nextBytes(bytes);
            if (chance.nextBoolean()) {
                System.arraycopy(signature, 0, bytes, 0, Math.min(bytes.length, signature.length));
            }
            assertThat(ProxyHeader.read(ByteBuffer.wrap(bytes))).isNotNull();
        }
    }

    private static ProxyHeader.Reading read(String hex) {
        return ProxyHeader.read(ByteBuffer.wrap(HexFormat.of().parseHex(hex)));
    }
}
