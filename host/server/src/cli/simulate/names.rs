//! Names as people carry them: two family names in Madrid, gendered ones in Vilnius, family name first in Shanghai.

use super::random::Chance;

/// Which names a person has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Country {
    Spain,
    Lithuania,
    China,
    Taiwan,
    Abroad,
}

const SPANISH_WOMEN: &[&str] = &[
    "Lucía", "Carmen", "Marta", "Paula", "Irene", "Elena", "Nuria", "Inés", "Rocío", "Beatriz", "Alba",
    "Noelia", "Ainhoa", "Clara",
];
const SPANISH_MEN: &[&str] = &[
    "Javier", "Álvaro", "Sergio", "Iñaki", "Diego", "Pablo", "Hugo", "Rubén", "Andrés", "Óscar", "Iván",
    "Jorge", "Adrián", "Víctor",
];
const SPANISH_FAMILIES: &[&str] = &[
    "García",
    "Fernández",
    "López",
    "Núñez",
    "Martín",
    "Ortega",
    "Ibáñez",
    "Serrano",
    "Vidal",
    "Castro",
    "Muñoz",
    "Peña",
    "Molina",
    "Rueda",
    "Campos",
    "Gallego",
    "Roldán",
    "Herrero",
];
const LITHUANIAN_WOMEN: &[&str] = &[
    "Rūta", "Eglė", "Ieva", "Gabija", "Austėja", "Jurgita", "Kristina", "Monika", "Živilė", "Rasa", "Agnė",
    "Ugnė", "Simona", "Vaida",
];
const LITHUANIAN_MEN: &[&str] = &[
    "Jonas",
    "Mantas",
    "Lukas",
    "Tomas",
    "Domantas",
    "Šarūnas",
    "Giedrius",
    "Paulius",
    "Vytautas",
    "Andrius",
    "Rokas",
    "Karolis",
    "Žygimantas",
    "Darius",
];
/// Family names: a man's, an unmarried woman's, a married woman's.
const LITHUANIAN_FAMILIES: &[[&str; 3]] = &[
    ["Kazlauskas", "Kazlauskaitė", "Kazlauskienė"],
    ["Petrauskas", "Petrauskaitė", "Petrauskienė"],
    ["Jankauskas", "Jankauskaitė", "Jankauskienė"],
    ["Žukauskas", "Žukauskaitė", "Žukauskienė"],
    ["Butkus", "Butkutė", "Butkienė"],
    ["Paulauskas", "Paulauskaitė", "Paulauskienė"],
    ["Urbonas", "Urbonaitė", "Urbonienė"],
    ["Navickas", "Navickaitė", "Navickienė"],
    ["Šimkus", "Šimkutė", "Šimkienė"],
    ["Balčiūnas", "Balčiūnaitė", "Balčiūnienė"],
    ["Rimkus", "Rimkutė", "Rimkienė"],
    ["Žilinskas", "Žilinskaitė", "Žilinskienė"],
    ["Baranauskas", "Baranauskaitė", "Baranauskienė"],
    ["Adomaitis", "Adomaitytė", "Adomaitienė"],
];
const CHINESE_FAMILIES: &[&str] =
    &["王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "林", "顾"];
const CHINESE_GIVEN: &[&str] = &[
    "静怡", "思远", "雨桐", "浩然", "梓涵", "晓梅", "志强", "佳宁", "子轩", "欣悦", "国栋", "文博", "丽华",
    "俊杰", "慧敏", "嘉琪", "一鸣", "若曦",
];
const TAIWANESE_FAMILIES: &[&str] = &["陳", "林", "黃", "張", "劉", "蔡", "楊", "許", "鄭", "謝"];
const TAIWANESE_GIVEN: &[&str] =
    &["雅婷", "宗翰", "怡君", "冠宇", "詩涵", "家豪", "淑芬", "承恩", "欣儀", "柏翰"];
const ABROAD: &[&str] = &[
    "Aoife Byrne",
    "Tom Whitfield",
    "Priya Raman",
    "Sam Okafor",
    "Hannah Lindqvist",
    "Daniel Mbeki",
    "Grace Kim",
    "Oliver Novak",
];

/// A full name in the order in which it is said.
pub(crate) fn full_name(country: Country, chance: &mut Chance) -> String {
    let woman = chance.is(0.55);
    match country {
        Country::Spain => {
            let given = chance.pick(if woman { SPANISH_WOMEN } else { SPANISH_MEN });
            let (father, mother) = (chance.pick(SPANISH_FAMILIES), chance.pick(SPANISH_FAMILIES));
            format!("{given} {father} {mother}")
        }
        Country::Lithuania => {
            let given = chance.pick(if woman { LITHUANIAN_WOMEN } else { LITHUANIAN_MEN });
            let form = if !woman { 0 } else { 1 + usize::from(chance.is(0.45)) };
            format!("{given} {}", chance.pick(LITHUANIAN_FAMILIES)[form])
        }
        Country::China => format!("{}{}", chance.pick(CHINESE_FAMILIES), chance.pick(CHINESE_GIVEN)),
        Country::Taiwan => format!("{}{}", chance.pick(TAIWANESE_FAMILIES), chance.pick(TAIWANESE_GIVEN)),
        Country::Abroad => (*chance.pick(ABROAD)).to_owned(),
    }
}
