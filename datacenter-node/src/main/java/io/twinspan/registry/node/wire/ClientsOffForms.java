package io.twinspan.registry.node.wire;

import io.twinspan.registry.node.wire.proto.ClientOffData;
import io.twinspan.registry.node.wire.proto.ClientsOffAnswer;
import io.twinspan.registry.policy.ClientsOff;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The clients that are off as protobuf messages and back; refuses as {@link DatumForms} does. */
public final class ClientsOffForms {
    private ClientsOffForms() {}

    /** A list. */
    public static ClientsOffAnswer form(ClientsOff list) {
        return ClientsOffAnswer.newBuilder()
                .setVersion(list.version())
                .addAllClients(form(list.clients()))
                .build();
    }

    /** A list. */
    public static ClientsOff read(ClientsOffAnswer form) {
        return new ClientsOff(form.getVersion(), read(form.getClientsList()));
    }

    /** Its clients. */
    public static List<ClientOffData> form(Map<String, ClientsOff.Note> clients) {
        return clients.entrySet().stream()
                .map(each -> ClientOffData.newBuilder()
                        .setIp(each.getKey())
                        .setReason(each.getValue().reason())
                        .setSinceMillis(each.getValue().sinceMillis())
                        .build())
                .toList();
    }

    /** Its clients. */
    public static Map<String, ClientsOff.Note> read(List<ClientOffData> forms) {
        Map<String, ClientsOff.Note> clients = new LinkedHashMap<>();
        forms.forEach(each -> clients.put(each.getIp(), new ClientsOff.Note(each.getReason(), each.getSinceMillis())));
        return clients;
    }
}
