package io.twinspan.registry.node.meta;

import io.twinspan.registry.datacenter.Endpoint;
import io.twinspan.registry.message.OperatorCall;
import java.util.List;
import java.util.stream.Stream;

/** Members of the raft group as operators write and read them: {@code ip} where the port is the usual one, else {@code ip:port}. */
final class GroupForm {
    private static final String FIELD = "ipAddressList";

    private GroupForm() {}

    /**
     * The members named in the form body, or in the query.
     *
     * @param self raft address of a member; an address without a port has the port of this one
     * @throws IllegalArgumentException when no member is named, one is named twice, or one is no address
     */
    static List<Endpoint> parse(OperatorCall call, Endpoint self) {
        String list = OperatorAnswers.required(call, FIELD);
        List<Endpoint> members = Stream.of(list.split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .map(each -> each.indexOf(':') < 0 ? new Endpoint(each, self.port()) : Endpoint.parse(each))
                .toList();
        if (members.isEmpty()) {
            throw new IllegalArgumentException(FIELD + " names nobody");
        }
        if (members.stream().distinct().count() != members.size()) {
            throw new IllegalArgumentException(FIELD + " names a member twice: " + list);
        }
        return members;
    }

    /** Bare ips when all members have the usual port, else each with its port. */
    static List<String> print(List<Endpoint> members, Endpoint self) {
        boolean isUsual = members.stream().allMatch(each -> each.port() == self.port());
        return members.stream()
                .map(each -> isUsual ? each.host() : each.toString())
                .toList();
    }
}
