//! The people of the demonstration. None of them exists.

use spotter_domain::club::Role;

/// Somebody who works for the club.
pub(super) struct Staff {
    pub(super) name: &'static str,
    pub(super) email: &'static str,
    pub(super) role: Role,
    pub(super) tells: &'static str,
}

pub(super) const STAFF: [Staff; 4] = [
    Staff {
        name: "Inês Carvalho",
        email: "owner@demo.example",
        role: Role::Owner,
        tells: "owner and operator",
    },
    Staff { name: "Tobias Renner", email: "manager@demo.example", role: Role::Manager, tells: "manager" },
    Staff { name: "Aoife Brennan", email: "coach@demo.example", role: Role::Coach, tells: "coach" },
    Staff { name: "Kwame Boateng", email: "coach.kwame@demo.example", role: Role::Coach, tells: "coach" },
];

/// Names, and what stands before the @ of their addresses.
pub(super) const MEMBERS: [(&str, &str); 36] = [
    ("Maya Lindqvist", "maya.lindqvist"),
    ("Duarte Pinho", "duarte.pinho"),
    ("Hana Kovářová", "hana.kovarova"),
    ("Yusuf Demirel", "yusuf.demirel"),
    ("Beatriz Falcão", "beatriz.falcao"),
    ("Oskar Nyberg", "oskar.nyberg"),
    ("Leilani Kahale", "leilani.kahale"),
    ("Mateo Iriarte", "mateo.iriarte"),
    ("Priya Raman", "priya.raman"),
    ("Gwen Ellis-Rhys", "gwen.ellis-rhys"),
    ("Tomasz Wilk", "tomasz.wilk"),
    ("Nadia Belkacem", "nadia.belkacem"),
    ("Rui Sequeira", "rui.sequeira"),
    ("Freya Aldous", "freya.aldous"),
    ("Jun Takemura", "jun.takemura"),
    ("Carla Montijo", "carla.montijo"),
    ("Sipho Ndlela", "sipho.ndlela"),
    ("Elif Aksoy", "elif.aksoy"),
    ("Baptiste Morvan", "baptiste.morvan"),
    ("Ruth Abebe", "ruth.abebe"),
    ("Viktor Halasz", "viktor.halasz"),
    ("Joana Teles", "joana.teles"),
    ("Declan Foyle", "declan.foyle"),
    ("Amara Osei", "amara.osei"),
    ("Sanne de Wit", "sanne.dewit"),
    ("Milan Petković", "milan.petkovic"),
    ("Teresa Vilar", "teresa.vilar"),
    ("Arjun Menon", "arjun.menon"),
    ("Lotte Brandt", "lotte.brandt"),
    ("Samuel Okoro", "samuel.okoro"),
    ("Clara Ferrante", "clara.ferrante"),
    ("Henrik Solberg", "henrik.solberg"),
    ("Zainab Karimi", "zainab.karimi"),
    ("Paulo Mendonça", "paulo.mendonca"),
    ("Mei Lin Tan", "meilin.tan"),
    ("Ewan Galbraith", "ewan.galbraith"),
];
