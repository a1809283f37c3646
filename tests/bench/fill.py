"""fill - a small world, made through the pages themselves.

For a few dozen tickets; more of them are made by ./dev world.
"""
import re
import urllib.parse

from house import Wrong


def sent(client, path, cookie, **fields):
    """Sends a form as its page wants it; where it leads."""
    form = urllib.parse.urlencode({"message": "The handle is loose. " * 12, **fields})
    status, headers, _ = client.ask(path, cookie, form=form)
    if status != 303:
        raise Wrong(f"{path}: {status}")
    return headers["Location"]


def fill(house, n):
    shoppers = house.rows("SELECT s.* FROM mokka.shopper s WHERE s.open_account AND EXISTS"
                          " (SELECT 1 FROM mokka.purchase p WHERE p.shopper_id = s.id)")
    client, agent = house.client(), house.agent()
    cookies = {s["id"]: house.customer(s) for s in shoppers}
    type_ = house.one("SELECT MIN(id) FROM as_type WHERE NOT archived AND NOT needs_order")
    for i in range(house.one("SELECT COUNT(*) FROM as_ticket"), n):
        shopper = shoppers[i % len(shoppers)]
        cookie = cookies[shopper["id"]]
        orders = house.rows("SELECT id FROM mokka.purchase WHERE shopper_id = %s",
                            shopper["id"])
        csrf, token = house.tokens(cookie)
        to = sent(client, "/help/new", cookie, csrf=csrf, form_token=token, type=type_,
                  subject=f"The handle, {i}", order=orders[i % len(orders)]["id"])
        number = re.search(r"/sent/(.+)", to).group(1)
        for _ in range(i % 6):
            csrf, token = house.tokens(agent)
            sent(client, "/help/panel/ticket/" + number, agent, csrf=csrf, form_token=token)
