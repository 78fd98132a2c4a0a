public import Storage

/// The room's tables.
public enum OrdersSchema {
    /// In order; never edited, only added to.
    public static let migrations: [Migration] = [plans, catalogue, orders, endReasons, tariffs]

    private static let plans = Migration(
        room: "orders", number: 1,
        statements: [
            "CREATE TABLE orders_plans (id TEXT PRIMARY KEY, since BIGINT NOT NULL)",
            """
            CREATE TABLE orders_prices (
                plan TEXT NOT NULL REFERENCES orders_plans (id),
                kind TEXT NOT NULL,
                effective_from BIGINT NOT NULL,
                per_second BIGINT NOT NULL CHECK (per_second >= 0),
                published_at BIGINT NOT NULL,
                published_by TEXT NOT NULL,
                PRIMARY KEY (plan, kind, effective_from)
            )
            """,
            """
            CREATE TABLE orders_line_plans (
                line TEXT NOT NULL REFERENCES lines_lines (id),
                effective_from BIGINT NOT NULL,
                plan TEXT NOT NULL REFERENCES orders_plans (id),
                PRIMARY KEY (line, effective_from)
            )
            """,
        ])

    /// Prices that are more than a price of a second, and the days on which windows for holidays hold.
    private static let tariffs = Migration(
        room: "orders", number: 5,
        statements: [
            """
            CREATE TABLE orders_tariffs (
                plan TEXT NOT NULL REFERENCES orders_plans (id), effective_from BIGINT NOT NULL, terms TEXT NOT NULL,
                PRIMARY KEY (plan, effective_from)
            )
            """,
            """
            CREATE TABLE orders_order_tariffs (
                order_id TEXT NOT NULL PRIMARY KEY REFERENCES orders_orders (id), terms TEXT NOT NULL
            )
            """,
            "CREATE TABLE orders_holidays (day BIGINT PRIMARY KEY, published_at BIGINT NOT NULL, published_by TEXT NOT NULL)",
        ],
        engineStatements: AppendOnly.statements(table: "orders_tariffs").merging(
            AppendOnly.statements(table: "orders_order_tariffs")
        ) { $0 + $1 })

    private static let catalogue = Migration(
        room: "orders", number: 2,
        statements: [
            """
            CREATE TABLE orders_items (
                id TEXT PRIMARY KEY,
                kind TEXT NOT NULL,
                name_zh TEXT NOT NULL,
                name_en TEXT NOT NULL,
                description_zh TEXT NOT NULL,
                description_en TEXT NOT NULL,
                tax_permille BIGINT NOT NULL,
                offered_until BIGINT,
                place BIGINT NOT NULL,
                added_at BIGINT NOT NULL,
                added_by TEXT NOT NULL
            )
            """,
            // Days are numbers of days since 1970-01-01.
            """
            CREATE TABLE orders_item_prices (
                item TEXT NOT NULL REFERENCES orders_items (id),
                effective_from BIGINT NOT NULL,
                one_off BIGINT NOT NULL CHECK (one_off >= 0),
                monthly BIGINT NOT NULL CHECK (monthly >= 0),
                published_at BIGINT NOT NULL,
                published_by TEXT NOT NULL,
                PRIMARY KEY (item, effective_from)
            )
            """,
            // Which version of the agreement moves the signed orders of an item to the price list (clause 15).
            """
            CREATE TABLE orders_repricings (
                item TEXT NOT NULL REFERENCES orders_items (id),
                version BIGINT NOT NULL,
                published_at BIGINT NOT NULL,
                published_by TEXT NOT NULL,
                PRIMARY KEY (item, version)
            )
            """,
        ],
        engineStatements: AppendOnly.statements(table: "orders_item_prices")
            .merging(AppendOnly.statements(table: "orders_repricings"), uniquingKeysWith: +))

    // Endings from before were all at the customer's wish.
    private static let endReasons = Migration(
        room: "orders", number: 4,
        statements: ["ALTER TABLE orders_endings ADD COLUMN reason TEXT NOT NULL DEFAULT 'customer'"])

    private static let orders = Migration(
        room: "orders", number: 3,
        statements: [
            "CREATE TABLE orders_numbers (year BIGINT PRIMARY KEY, last BIGINT NOT NULL)",
            """
            CREATE TABLE orders_orders (
                id TEXT PRIMARY KEY,
                number TEXT NOT NULL UNIQUE,
                customer TEXT NOT NULL REFERENCES customers_customers (id),
                kind TEXT NOT NULL,
                line TEXT,
                phone_number TEXT,
                account TEXT,
                amount BIGINT,
                plan_start TEXT,
                wished_day BIGINT,
                effective_on BIGINT,
                document BLOB NOT NULL,
                confirmed_at BIGINT NOT NULL,
                state TEXT NOT NULL,
                state_at BIGINT NOT NULL,
                state_reason TEXT
            )
            """,
            "CREATE INDEX orders_orders_by_customer ON orders_orders (customer, confirmed_at)",
            "CREATE INDEX orders_orders_by_state ON orders_orders (state, confirmed_at, id)",
            // What was ordered and its agreed price never change; the days are those on which it is in service.
            """
            CREATE TABLE orders_order_items (
                order_id TEXT NOT NULL REFERENCES orders_orders (id),
                position BIGINT NOT NULL,
                customer TEXT NOT NULL,
                item TEXT NOT NULL,
                kind TEXT NOT NULL,
                name_zh TEXT NOT NULL,
                name_en TEXT NOT NULL,
                one_off BIGINT NOT NULL,
                monthly BIGINT NOT NULL,
                tax_permille BIGINT NOT NULL,
                line TEXT,
                first_day BIGINT,
                last_day BIGINT,
                PRIMARY KEY (order_id, position)
            )
            """,
            "CREATE INDEX orders_order_items_by_customer ON orders_order_items (customer)",
            """
            CREATE TABLE orders_order_rates (
                order_id TEXT NOT NULL REFERENCES orders_orders (id),
                kind TEXT NOT NULL,
                per_second BIGINT NOT NULL,
                PRIMARY KEY (order_id, kind)
            )
            """,
            // The order that put the line on the plan, and whose prices hold; none where the list is followed.
            "ALTER TABLE orders_line_plans ADD COLUMN order_id TEXT",
            """
            CREATE TABLE orders_applications (
                customer TEXT PRIMARY KEY REFERENCES customers_customers (id),
                principal TEXT NOT NULL,
                party TEXT NOT NULL,
                number TEXT NOT NULL,
                account TEXT NOT NULL,
                begun_at BIGINT NOT NULL,
                last_day BIGINT NOT NULL,
                state TEXT NOT NULL,
                line TEXT
            )
            """,
            "CREATE INDEX orders_applications_by_state ON orders_applications (state, last_day)",
            "CREATE INDEX orders_applications_by_number ON orders_applications (number)",
            """
            CREATE TABLE orders_endings (
                id TEXT PRIMARY KEY,
                customer TEXT NOT NULL REFERENCES customers_customers (id),
                order_id TEXT,
                requested_at BIGINT NOT NULL,
                wished_day BIGINT NOT NULL,
                state TEXT NOT NULL,
                settling_at BIGINT,
                last_day BIGINT,
                owed BIGINT,
                paid_at BIGINT,
                ended_at BIGINT,
                withdrawn_at BIGINT
            )
            """,
            "CREATE INDEX orders_endings_by_customer ON orders_endings (customer)",
            "CREATE INDEX orders_endings_by_state ON orders_endings (state, wished_day)",
            // One at a time.
            """
            CREATE UNIQUE INDEX orders_endings_open ON orders_endings (customer)
            WHERE state = 'requested' OR state = 'settling' OR state = 'paid'
            """,
        ],
        engineStatements: AppendOnly.statements(table: "orders_order_rates"))
}
