package io.twinspan.registry.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VipTextTest {
    @Test
    void anEndpointIsReadAsPeopleWriteIt() {
        assertThat(VipText.endpoint("10.0.0.1:80,dc=east,zone=a,weight=50"))
                .isEqualTo(Map.of("host", "10.0.0.1", "port", 80, "datacenter", "east", "zone", "a", "weight", 50));
        assertThatThrownBy(() -> VipText.endpoint("10.0.0.1:80")).hasMessageContaining("add ,dc=NAME");
        assertThatThrownBy(() -> VipText.endpoint("10.0.0.1:80,dc=e,wight=1")).hasMessageContaining("'wight'");
        assertThatThrownBy(() -> VipText.endpoint("10.0.0.1:80,dc=e,weight=x")).hasMessageContaining("weight 'x'");
        assertThatThrownBy(() -> VipText.endpoint("10.0.0.1,dc=e")).hasMessageContaining("HOST:PORT");
    }

    @Test
    void vipsAreListedWithTheirEndpoints() {
        assertThat(
                        VipText.list(
                                json(
                                        "{'vips':[{'domain':'orders','version':'3','endpoints':[{'host':'h','port':1,"
                                                + "'datacenter':'east','zone':'a','weight':50}],'check':{'kind':'HTTP','path':'/up'},'protect':30},"
                                                + "{'domain':'pay','version':'1','service':{'dataId':'P','group':'SOFA'},'check':{'kind':'NONE'}}]}")))
                .containsExactly(
                        "orders  version 3  check HTTP /up  protect 30 %",
                        "  h:1  east/a  weight 50",
                        "pay  version 1  check NONE  protect 0 %",
                        "  service P of group SOFA");
        assertThat(VipText.list(json("{'vips':[]}"))).containsExactly("No Vips.");
    }

    @Test
    void anExplanationSaysOfEachAddressWhetherItIsInAndWhy() {
        assertThat(VipText.explanation(
                        json("{'domain':'orders','epoch':{'number':7,'issuer':'west'},'place':{'datacenter':'east',"
                                + "'zone':'a'},'protected':true,'endpoints':[{'host':'h','port':1,'datacenter':'east','zone':'','weight':100,'in':true,'why':'own"
                                + " datacenter'},{'host':'i','port':2,'datacenter':'west','zone':'','weight':0,'in':false,'why':'weight"
                                + " 0'}]}")))
                .containsExactly(
                        "orders for east, zone a, epoch 7/west, PROTECTED: unhealthy ones are answered",
                        "  in   h:1  east  weight 100  own datacenter",
                        "  out  i:2  west  weight 0  weight 0");
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }
}
