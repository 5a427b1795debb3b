package io.twinspan.registry.acvip.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.datacenter.Endpoint;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResolverFormsTest {
    private static final String ANSWER = """
        {"domain":"session.twinspan","epoch":{"number":7,"issuer":"west"},
         "draining":["east"],"place":{"datacenter":"east","zone":"","app":""},"checksum":"ab12","ttlSeconds":5,
         "endpoints":[{"host":"10.0.0.1","port":9600,"datacenter":"west","zone":"z","weight":90,"healthy":false}]}
        """;

    @Test
    void aReplyIsReadAsServersWriteIt() {
        PollReply reply = ResolverForms.reply(
                "{\"epoch\":{\"number\":\"7\",\"issuer\":\"west\"},\"changed\":[" + ANSWER + "],\"gone\":[\"x\"]}");
        assertThat(reply.epoch()).isEqualTo(Replies.epoch("7/west"));
        assertThat(reply.gone()).containsExactly("x");
        ServedAnswer answer = reply.changed().get(0);
        assertThat(answer.checksum()).isEqualTo("ab12");
        assertThat(answer.draining()).containsExactly("east");
        assertThat(answer.endpoints())
                .containsExactly(new AnsweredEndpoint(new Endpoint("10.0.0.1", 9600), "west", "z", 90, false));
        assertThat(ResolverForms.reply("{\"epoch\":null,\"changed\":[],\"gone\":[]}")
                        .epoch())
                .isEmpty();
    }

    @Test
    void aServerOfAnEarlierReleaseSaysOfNobodyThatItDrains() {
        String earlier = ANSWER.replace("\"draining\":[\"east\"],", "");
        assertThat(ResolverForms.reply("{\"changed\":[" + earlier + "]}").changed())
                .singleElement()
                .satisfies(answer -> assertThat(answer.draining()).isEmpty());
    }

    @Test
    void anAgentAddsHowOldItIs() {
        ServedAnswer answer =
                ResolverForms.reply("{\"changed\":[" + ANSWER + "]}").changed().get(0);
        Map<String, ?> form =
                ResolverForms.form(new ResolvedDomain(answer, true, Duration.ofSeconds(90)), ClientPlace.UNKNOWN);
        assertThat(form.get("marked")).isEqualTo("OLD");
        assertThat(form.get("ageSeconds")).isEqualTo(90L);
        assertThat(ResolverForms.answer(form)).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "{\"changed\":{}}",
                "{\"changed\":[1]}",
                "{\"changed\":[{\"domain\":\"d\"}]}",
                "{\"changed\":[{\"domain\":\"\",\"checksum\":\"c\"}]}",
                "{\"changed\":[{\"domain\":\"d\",\"checksum\":\"c\",\"endpoints\":[{\"host\":\"h\"}]}]}",
                "{\"changed\":[{\"domain\":\"d\",\"checksum\":\"c\",\"endpoints\":[{\"host\":\"h\",\"port\":70000}]}]}",
                "{\"epoch\":7}",
                "{\"epoch\":{\"number\":0,\"issuer\":\"west\"}}",
                "{\"epoch\":{\"number\":1.5,\"issuer\":\"west\"}}",
                "{\"epoch\":{\"number\":1,\"issuer\":\"no such name!\"}}",
                "{\"changed\":[{\"domain\":\"d\",\"checksum\":\"c\",\"draining\":\"east\"}]}",
                "{\"changed\":[{\"domain\":\"d\",\"checksum\":\"c\",\"draining\":[\"no such name!\"]}]}",
                "{\"gone\":[7]}"
            })
    void whatIsNoReplyIsRefused(String text) {
        assertThatThrownBy(() -> ResolverForms.reply(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "orders, orders",
        "orders?group=DEFAULT_GROUP, orders",
        "orders?instance=I&group=SOFA, orders?group=SOFA&instance=I",
        "orders?scope=zone&group=, orders?scope=zone",
        "Orders.V1?group=SOFA&scope=dataCenter, Orders.V1?group=SOFA&scope=dataCenter",
        "orders?scope=anything, orders?scope=zone",
        "orders?scope=global&dc=east, orders"
    })
    void aDomainHasOneSpelling(String asked, String spelt) {
        assertThat(DomainText.of(asked)).isEqualTo(spelt);
    }
}
