package io.twinspan.registry.acvip.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainJsonTest {
    @Test
    void whatIsWrittenIsReadTheSame() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("text", "a \"quoted\" \\ line\nand \u0001 \u20ac");
        value.put("list", List.of(1L, -2L, 2.5, true, false, Map.of(), List.of()));
        value.put("number", Long.MAX_VALUE);
        assertThat(PlainJson.read(PlainJson.write(value))).isEqualTo(value);
    }

    @Test
    void whatOthersWriteIsRead() {
        assertThat(PlainJson.read(" { \"a\" : [ 1 , 2.0e1 , null ] , \"b\" : \"\\u20ac\\/\\t\" , \"c\" : null } "))
                .isInstanceOfSatisfying(Map.class, map -> {
                    assertThat(map.get("b")).isEqualTo("€/\t");
                    assertThat(map.containsKey("c")).isFalse();
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1",
                "{\"a\"}",
                "{\"a\":}",
                "[1,]",
                "tru",
                "\"a",
                "\"\\x\"",
                "\"\\u12g4\"",
                "1 2",
                "--1",
                "{a:1}",
                "\"\n\"",
                "99999999999999999999999x"
            })
    void whatIsNoJsonIsRefusedWithThePlace(String text) {
        assertThatThrownBy(() -> PlainJson.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("not JSON at character");
    }

    @Test
    void depthIsBounded() {
        assertThatThrownBy(() -> PlainJson.read("[".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nested deeper");
    }
}
