#include <stddef.h>

#include "text.h"

static const char *const greetings[] = { "您好，", "你好，", "早上好，", NULL };
static const char *const farewells[] = { "谢谢！", "此致敬礼", "祝好", NULL };
static const char *const subjects[] = {
	"我的订单 %o 在哪里？", "%t%a", "关于 %p 的问题", "订单 %o 的发票",
	"包裹没有收到", "退货：%p", "%w 的配件：%t", NULL
};
static const char *const asks[] = {
	"我订购了 %p，本来应该在%d到货。",
	"请问订单 %o 的包裹什么时候能到？",
	"我的 %w 的%t%a了，不知道该怎么办。",
	"我已经等了%n天，物流页面还是没有更新。",
	"咖啡的味道%a，可是我用的磨豆机和水都和以前一样。",
	"请再给我发一次发票。",
	"我想退掉 %p，因为它%a了。",
	"序列号是 %s，机器买了还不到两年。",
	"袋子上写的批号是 %l。",
	"我附上了照片，请您看一下。",
	"谢谢您这么快回复，帮了我大忙。", NULL
};
static const char *const answers[] = {
	"感谢您的来信，给您带来不便非常抱歉。",
	"我查了您的订单 %o，%d已经从烘焙坊发出。",
	"我们免费给您寄一个新的%t，大约%n天送到。",
	"请把%t的照片和机器底部的序列号发给我们。",
	"退款会在%n个工作日内到账。",
	"发票在附件里。",
	"批号 %l 烘焙得稍微深了一点，我们可以给您更换。",
	"%w 保修两年。",
	"我先关闭这个问题，您回复后会自动重新打开。", NULL
};
static const char *const notes[] = {
	"客户%d来过电话，请先回复。", "和批号 %l 的问题一样。", "序列号 %s 以前修过。", NULL
};
static const char *const parts[] = {
	"磨豆机", "水箱", "奶泡器", "密封圈", "滤网", "水泵", "盖子", "手柄", "显示屏", "电源线", "开关", NULL
};
static const char *const states[] = {
	"坏", "漏水", "丢失", "太晚", "裂开", "太小", "松动", "堵塞", "变凉", NULL
};
static const char *const days[] = { "星期一", "星期五", "星期三", "周末", "月初", "春节前", NULL };
const struct words words_zh = { "zh", greetings, farewells, subjects, asks,
				answers, notes, parts, states, days };
