package io.twinspan.registry.node.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.acvip.Vip;
import io.twinspan.registry.datacenter.Member;
import io.twinspan.registry.message.FetchLiveSessions;
import io.twinspan.registry.message.FetchProvided;
import io.twinspan.registry.message.LiveSessions;
import io.twinspan.registry.message.OperatorAnswer;
import io.twinspan.registry.message.OperatorCall;
import io.twinspan.registry.message.ProvidedValue;
import io.twinspan.registry.node.resolver.VipJson;
import io.twinspan.registry.runtime.Caller;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VipDeskTest {
    private static final String ORDERS = "{\"domain\":\"orders\",\"endpoints\":[{\"host\":\"10.0.0.1\",\"port\":80,"
            + "\"datacenter\":\"east\",\"zone\":\"a\"}],\"check\":{\"kind\":\"TCP\"}";

    private final MetaFixture meta = new MetaFixture();

    @Test
    void whatIsSetIsShownAndReachesNodesAsProvidedConfiguration() {
        OperatorAnswer answer = take("/vips/put", ORDERS + "}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("as version 1").contains("\"datacenters\":[\"east\"]");
        assertThat(show("").body()).contains("\"domain\":\"orders\"").contains("\"version\":\"1\"");
        assertThat(show("domain=other").body()).contains("\"vips\":[]");
        List<ProvidedValue> told = meta.answer(new FetchProvided(0)).values();
        Vip vip = VipJson.read(String.valueOf(told.get(0).data()));
        assertThat(vip.domain()).isEqualTo("orders");

        assertThat(take("/vips/remove", "{\"domain\":\"orders\"}").status()).isEqualTo(200);
        assertThat(show("").body()).contains("\"vips\":[]");
        assertThat(take("/vips/remove", "{\"domain\":\"orders\"}").status()).isEqualTo(409);
        assertThat(take("/vips/put", ORDERS + "}").body()).as("versions go on").contains("as version 3");
    }

    @Test
    void whoeverHasNotSeenTheNewestVersionIsRefusedWithBothNamed() {
        take("/vips/put", ORDERS + "}");
        take("/vips/put", ORDERS + ",\"version\":\"1\"}");

        OperatorAnswer late = take("/vips/put", ORDERS + ",\"version\":\"1\"}");

        assertThat(late.status()).isEqualTo(409);
        assertThat(late.body()).contains("has version 2").contains("is of version 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "169.254.169.254", "::1"})
    void aCheckOfLoopbackOrLinkLocalIsRefusedUnlessASettingAllowsIt(String host) {
        String body = ORDERS.replace("10.0.0.1", host) + "}";

        assertThatThrownBy(() -> take("/vips/put", body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the health check of orders would go to " + host);
        assertThat(show("").body()).contains("\"vips\":[]");

        MetaFixture open = new MetaFixture(
                new InMemoryCommandLog(), MetaSettings.standard().withLocalChecks(true));
        assertThat(take(open, "/vips/put", body).status()).isEqualTo(200);
    }

    @Test
    void nobodyStoresAVipPastItsDesk() {
        assertThatThrownBy(() -> take(
                        "/persistentData/put",
                        "{\"dataId\":\"orders\",\"group\":\"TWINSPAN.VIP\",\"instanceId\":\"DEFAULT_INSTANCE_ID\","
                                + "\"version\":\"1\",\"data\":\"x\"}"))
                .hasMessageContaining("POST /vips/put");
    }

    @Test
    void resolversHearWithinASecondThatASessionHasStoppedRenewing() {
        Member one = MetaFixture.session("s1");
        Member two = MetaFixture.session("s2");
        for (int i = 0; i < 8; i++) {
            meta.renew(one);
            meta.renew(two);
            meta.loop.advance(Duration.ofMillis(500));
        }
        LiveSessions both = meta.answer(new FetchLiveSessions(0));
        assertThat(both.sessions()).containsExactly(one, two);

        CompletableFuture<LiveSessions> waiting = meta.role
                .dispatcher()
                .dispatch(new FetchLiveSessions(both.mark()), new Caller(MetaFixture.EAST, one.node(), one.role()))
                .toCompletableFuture();
        meta.loop.runDue();
        assertThat(waiting).isNotDone();
        meta.renew(two);
        meta.loop.advance(Duration.ofMillis(500));
        meta.renew(two);
        meta.loop.advance(Duration.ofMillis(500));

        assertThat(waiting).isDone();
        assertThat(waiting.join().sessions()).containsExactly(two);
    }

    @Test
    void aQuestionIsHeldWhileNothingChangesAndNotForEver() {
        Member one = MetaFixture.session("s1");
        meta.renew(one);
        LiveSessions now = meta.answer(new FetchLiveSessions(0));
        CompletableFuture<LiveSessions> waiting = meta.role
                .dispatcher()
                .dispatch(new FetchLiveSessions(now.mark()), new Caller(MetaFixture.EAST, one.node(), one.role()))
                .toCompletableFuture();
        for (int i = 0; i < 3; i++) {
            meta.renew(one);
            meta.loop.advance(Duration.ofMillis(500));
            assertThat(waiting).isNotDone();
        }
        meta.renew(one);
        meta.loop.advance(Duration.ofMillis(600));
        assertThat(waiting).isDone();
    }

    private OperatorAnswer take(String path, String body) {
        return take(meta, path, body);
    }

    private static OperatorAnswer take(MetaFixture meta, String path, String body) {
        CompletableFuture<OperatorAnswer> answer =
                meta.role.desk().take(new OperatorCall(path, "", body)).toCompletableFuture();
        meta.loop.runDue();
        return answer.join();
    }

    private OperatorAnswer show(String query) {
        CompletableFuture<OperatorAnswer> answer =
                meta.role.desk().show(new OperatorCall("/vips", query, "")).toCompletableFuture();
        meta.loop.runDue();
        return answer.join();
    }
}
