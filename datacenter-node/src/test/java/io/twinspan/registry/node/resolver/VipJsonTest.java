package io.twinspan.registry.node.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.registry.acvip.HealthCheck;
import io.twinspan.registry.acvip.Place;
import io.twinspan.registry.acvip.Vip;
import io.twinspan.registry.acvip.VipEndpoint;
import io.twinspan.registry.acvip.domain.DomainName;
import io.twinspan.registry.acvip.domain.Poll;
import io.twinspan.registry.acvip.domain.ResolverSettings;
import io.twinspan.registry.datacenter.DatacenterId;
import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.datum.DataInfoId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VipJsonTest {
    private static final DatacenterId EAST = new DatacenterId("east");
    private static final Place HERE = new Place(EAST, "a", "");
    private static final ResolverSettings SETTINGS = ResolverSettings.standard("twinspan");

    @Test
    void whatIsWrittenIsReadAgain() {
        Vip listed = new Vip(
                "orders",
                List.of(
                        new VipEndpoint(new Endpoint("10.0.0.1", 80), EAST, "a", 50),
                        new VipEndpoint(new Endpoint("db.example", 81), EAST, "", 0)),
                null,
                new HealthCheck(HealthCheck.Kind.HTTP, "/up", 1, 4, Duration.ofMillis(1_500), Duration.ofMillis(250)),
                30);
        Vip ofService = new Vip("pay", List.of(), new DataInfoId("com.example.Pay", "I", "G"), HealthCheck.NONE, 0);

        assertThat(VipJson.read(VipJson.write(listed))).isEqualTo(listed);
        assertThat(VipJson.read(VipJson.write(ofService))).isEqualTo(ofService);
    }

    @Test
    void whatIsLeftOutHasDefaults() {
        Vip vip = VipJson.read(json("{'domain':'o','endpoints':[{'host':'10.0.0.1','port':80,'datacenter':'east'}],"
                + "'check':{'kind':'tcp','interval':'2s'}}"));

        assertThat(vip.endpoints().get(0).weight()).isEqualTo(100);
        assertThat(vip.check().kind()).isEqualTo(HealthCheck.Kind.TCP);
        assertThat(vip.check().interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(vip.check().rise()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "not json | not JSON",
                "[] | not a JSON object",
                "{} | domain is missing",
                "{'domain':'o'} | either endpoints or a service",
                "{'domain':'o','endpoint':[]} | a field 'endpoint'",
                "{'domain':'o','endpoints':{}} | endpoints is not a list",
                "{'domain':'o','endpoints':[1]} | not a JSON object",
                "{'domain':'o','endpoints':[{'host':'h','port':'80','datacenter':'e'}]} | port is not a whole number",
                "{'domain':'o','endpoints':[{'host':'h','port':80}]} | datacenter is missing",
                "{'domain':'o','endpoints':[{'host':'h','port':80,'datacenter':'e','weigth':1}]} | 'weigth'",
                "{'domain':'o','service':{'dataId':'x'},'check':{'kind':'EXEC'}} | none of NONE, TCP, HTTP",
                "{'domain':'o','service':{'dataId':'x'},'check':{'kind':'TCP','interval':'soon'}} | interval 'soon'",
                "{'domain':'o','service':{'dataId':'x'},'check':{'kind':'TCP'}} | leave the check out"
            })
    void whatMakesNoSenseIsRefusedByName(String text, String reason) {
        assertThatThrownBy(() -> VipJson.read(json(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aPollIsReadAndWhoDoesNotSayWhereHeIsStandsHere() {
        Poll poll = PollBody.read(
                json("{'timeoutSeconds':3,'domains':{'session.twinspan':'abc','x?group=G':''}}"), HERE, SETTINGS);

        assertThat(poll.place()).isEqualTo(HERE);
        assertThat(poll.within()).isEqualTo(Duration.ofSeconds(3));
        assertThat(poll.known())
                .isEqualTo(Map.of(DomainName.of("session.twinspan"), "abc", DomainName.parse("x?group=G"), ""));
        assertThat(PollBody.read(
                                json("{'place':{'datacenter':'west','app':'shop'},'domains':{'a':''}}"), HERE, SETTINGS)
                        .place())
                .isEqualTo(new Place(new DatacenterId("west"), "", "shop"));
    }

    @Test
    void aPollOfTenThousandDomainsIsRefusedBeforeAnythingIsMadeOfThem() {
        StringBuilder domains = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            domains.append(i == 0 ? "" : ",").append("'d").append(i).append("':''");
        }
        assertThatThrownBy(() -> PollBody.read(json("{'domains':{" + domains + "}}"), HERE, SETTINGS))
                .hasMessageContaining("names 10000 of them; a poll may name 1 to 1000");
        assertThatThrownBy(() -> PollBody.read(json("{'domains':[]}"), HERE, SETTINGS))
                .hasMessageContaining("domains is not an object");
        assertThatThrownBy(() -> PollBody.read(json("{'domains':{'a':1}}"), HERE, SETTINGS))
                .hasMessageContaining("checksum of a");
    }

    private static String json(String text) {
        return text.replace('\'', '"');
    }
}
